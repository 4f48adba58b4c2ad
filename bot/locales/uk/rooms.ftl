# Групи (групи, у яких є бот) і кола.
command-rooms = Усі групи та їхній стан; у групі: її налаштування
command-audience = Коло: групи, які чують те саме
room-offer = <b>Для тих, хто модерує:</b> щоб опитування з інших груп були й тут, натисніть «Прийняти цю групу». Решту можна не змінювати:
room-claim = Прийняти цю групу
room-claim-done = ✓ Групу прийнято
room-chosen = ✓ { $choice }
room-claimed = <b>Цю групу прийнято.</b> Опитування з її кола будуть і тут.
room-claimed-toast = Групу прийнято.
room-claimed-before = Цю групу вже прийнято.
room-language = Мова: { $language }
room-polls = Опитування відкривають: { $who }
room-polls-moderators = ті, хто модерує
room-polls-everybody = усі
room-polls-set-moderators = Збережено: опитування тут відкривають лише ті, хто модерує.
room-polls-set-everybody = Збережено: опитування тут можуть відкривати всі.
room-let-everybody = Опитування: усі
room-let-moderators = Опитування: модерація
room-about = Напрями: { $areas }
room-about-all = усі
room-and-more = { $first }; { $rest }
room-areas = Вибрати напрями
room-audience = Коло: { $audience }
room-who = Це змінюють ті, хто модерує: кнопками або командою <cmd:audience> з назвою кола.
room-moderators = Налаштування групи змінюють ті, хто її модерує. Що можна зробити: <cmd:help>
audience-name = «{ $name }»
audience-default = основне
audience-head = <b>Коло: { $audience }.</b> Групи, які чують те саме:
audience-empty = <b>Коло: { $audience }.</b> У ньому ще немає жодної групи.
audience-network = { $network }: { $rooms ->
        [one] { $rooms } група
        [few] { $rooms } групи
        [many] { $rooms } груп
       *[other] { $rooms } групи
    }
audience-moved = Збережено. Тепер ця група в такому колі:
audience-how =
    Змінити коло: <cmd:audience> і назва, написані в групі. Нова назва створює нове коло.
    Повернути: <cmd:audience> основне
audience-in-room = Коло змінюють у групі, якої це стосується. Напишіть там: <cmd:audience> і назва. Усі кола: <cmd:rooms>
audience-name-bad = Назва кола має не більше ніж { $limit ->
        [one] { $limit } знак
        [few] { $limit } знаки
        [many] { $limit } знаків
       *[other] { $limit } знака
    } і хоча б одну літеру або цифру. Напишіть іншу: <cmd:audience> Культура
