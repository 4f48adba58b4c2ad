# Мова. Назви мов і підтвердження однакові в усіх файлах: кожне своєю мовою.
language-name-pl = Polski
language-name-en = English
language-name-uk = Українська
language-set-pl = Zapisano: język polski.
language-set-en = Saved: English.
language-set-uk = Збережено: українська мова.
language-choose = Якою мовою має відповідати бот?
language-choose-room = Якою мовою має відповідати бот у цій групі? Вибирають ті, хто її модерує.
language-unknown = Бот знає три мови. Виберіть одну з них:
language-unknown-room = Бот знає три мови. Виберіть одну з них для цієї групи:
language-moderators = Мову групи встановлюють ті, хто її модерує. Мову для себе можна встановити в особистій розмові з ботом: <cmd:language>
