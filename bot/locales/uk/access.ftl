# Що комусь потрібно на зустрічі.
command-access-needs = Що потрібно людям на зустрічі
needs-ask = Чи вам щось потрібно на зустрічі «{ $title }»? Можна вибрати кілька речей. Організатори бачать лише числа, без імен. Відповідати не обов’язково.
need-sign = Жестова мова (PJM)
need-loop = Індукційна петля
need-captions = Субтитри
need-step-free = Шлях без сходів
need-assistant = Асистент
need-other = Щось інше
need-none = Не вказую
needs-saved = Збережено: { $words }. Можна вибрати більше.
needs-none = Збережено: не вказую.
needs-line = { $words }: { $count }
needs-nobody = Ще ніхто нічого не вказав.
needs-sent = Числа в особистій розмові.
