### Polish. The same messages in the same order as in en.ftl.

## Chat: meeting

chat-greeting = Cześć, { $name }! Zapytaj o saldo, wydatki albo o to, co przed Tobą.
chat-greeting-nameless = Cześć! Zapytaj o saldo, wydatki albo o to, co przed Tobą.
chat-greeting-stranger = Cześć! Jestem asystentem { $bank }. Aby zobaczyć tu swoje konta, najpierw połącz ten czat.
chat-welcome-back = Miło Cię znów widzieć, { $name }. Co chcesz wiedzieć?
chat-thanks = Proszę bardzo.
chat-goodbye = Do usłyszenia!
chat-smalltalk = Jestem asystentem { $bank }, programem komputerowym. Znam się na saldach, płatnościach i wydatkach; na pogawędkach mniej.
chat-abuse = Przykro mi, że to takie irytujące. Chcesz porozmawiać z człowiekiem?
chat-help = Oto, co potrafię:
chat-help-balances = Saldo: „Ile mam na koncie?”
chat-help-transactions = Płatności: „Zakupy w Żabce w zeszłym miesiącu”
chat-help-spending = Wydatki: „Na co poszły pieniądze w marcu?”
chat-help-recurring = Co się powtarza i co nadchodzi: „Kiedy mam zapłacić czynsz?”
chat-help-enough = Szybkie pytania: „Czy wystarczy mi na 200?”
chat-help-privacy = Twoje dane: „Co udostępniono?”, „Kto to widzi?”, „Przestań udostępniać”, „ZATRZYMAJ WSZYSTKO”
chat-help-human = Człowiek: „Chcę z kimś porozmawiać”
chat-unknown = Nie rozumiem. Mogę pokazać saldo, płatności i wydatki albo poprosić człowieka.
chat-unknown-again = Nadal nie rozumiem. Spróbuj „saldo” albo „ostatnie pięć płatności” lub powiedz „człowiek”, aby skontaktować się z { $bank }.
chat-ambiguous = Chodzi o jedno z tych?
chat-which-account = Które konto?
chat-which-amount = O jaką kwotę chodzi?
chat-nothing-before = Nie wiem, do czego to się odnosi. Zadasz całe pytanie?
chat-yes = Tak
chat-no = Nie
chat-cancelled = Dobrze, zostawiam wszystko bez zmian.
chat-language-switched = Dobrze, od teraz piszę po polsku.
chat-language-which = Jaki język wybierasz?

## Chat: choices that one tap gives

choice-balance = Saldo
choice-payments = Ostatnie płatności
choice-spending = Wydatki w tym miesiącu
choice-recurring = Subskrypcje
choice-upcoming = Co nadchodzi
choice-shared = Co udostępniono?
choice-stop = Przestań udostępniać
choice-stop-all = ZATRZYMAJ WSZYSTKO
choice-person = Rozmowa z człowiekiem
choice-help = Pomoc
choice-more = Pokaż więcej
choice-last-month = A w zeszłym miesiącu?
choice-link = Połącz ten czat
choice-number = Numer konta
choice-dispute = Nie rozpoznaję płatności

## Chat: linking and consent

chat-not-linked = Jeszcze nie wiem, kim jesteś. Połącz ten czat ze swoim kontem w { $bank }; to zajmie minutę i wymaga klucza dostępu.
chat-link-label = Połącz ten czat
chat-link-words = Strona banku musi pokazać te same słowa: { $phrase }
chat-linked = Połączono. Cześć, { $name }! Jeśli strona { $bank } pokazuje słowa „{ $phrase }”, rozmawiasz z prawdziwym bankiem.
chat-already-linked = Ten czat jest już z Tobą połączony, { $name }.
chat-already-linked-nameless = Ten czat jest już z Tobą połączony.
chat-unlinked = Gotowe: ten czat nie jest już z Tobą połączony i nic się tu nie udostępnia.
chat-consent-needed = Zanim pokażę tu { $what }, potrzebuję Twojej zgody. Wybierasz, co i na jak długo, i możesz ją cofnąć w każdej chwili.
chat-consent-label = Sprawdź i zdecyduj
chat-consent-granted = Dziękuję. { $party } może widzieć { $what } do { $until }. Napisz „przestań udostępniać”, aby cofnąć zgodę.
chat-consent-granted-once = Dziękuję. { $party } może zobaczyć { $what } ten jeden raz.
chat-consent-refused = Dobrze, nic nie jest udostępniane. Możesz zmienić zdanie w każdej chwili.
chat-consent-list = Masz { $count ->
    [one] jedną aktywną zgodę
    [few] { $count } aktywne zgody
    [many] { $count } aktywnych zgód
   *[other] { $count } aktywnej zgody
}. Tu możesz je zobaczyć, ograniczyć lub cofnąć:
chat-consent-none = Nie masz żadnej zgody: nic nie jest udostępniane.
chat-consent-expires = Twoja zgoda dla { $party } kończy się { $until }.
chat-consent-why = { $party } potrzebuje jej tylko do jednego: { $purpose }. Reklamy, profilowanie, odsprzedaż i trenowanie są wykluczone.
chat-consent-paused = Wstrzymano. { $party } nic nie widzi, dopóki tego nie wznowisz.
chat-consent-resumed = { $party } znów może widzieć { $what } do { $until }.
chat-consent-renew-label = Przedłuż
chat-consent-manage-label = Twoje zgody

## Chat: balances

chat-balances-intro = Oto, co masz, stan na { $time }:
chat-balances-row = { $account }: { $amount }
chat-balances-total = Razem: { $amount }
chat-balance-one = { $account }: { $amount }, stan na { $time }.
chat-balance-available = Dostępne: { $amount }
chat-balance-rounded = { $account }: około { $amount }.
chat-balance-none = Nie widzę takiego konta.

## Chat: when the channel may not show it

chat-withheld = Szczegóły są w widoku Twojego banku. { $party } prowadzi ten czat i mogłoby je tu przeczytać.
chat-withheld-spoken = Tego nie powiem na głos. Jest w widoku Twojego banku, tylko dla Twoich oczu.
chat-withheld-label = Otwórz widok banku
chat-withheld-once = Link działa raz i wymaga klucza dostępu.

## Chat: payments and spending

chat-transactions-intro = { $count ->
    [one] Jedna płatność
    [few] { $count } płatności
    [many] { $count } płatności
   *[other] { $count } płatności
}, { $period }:
chat-transactions-latest = { $count ->
    [one] Twoja ostatnia płatność:
    [few] Twoje ostatnie { $count } płatności:
    [many] Twoje ostatnie { $count } płatności:
   *[other] Twoje ostatnie { $count } płatności:
}
chat-transactions-filtered = { $count ->
    [one] Jedna płatność
    [few] { $count } płatności
    [many] { $count } płatności
   *[other] { $count } płatności
} ({ $filter }), { $period }:
chat-transactions-more = { $count ->
    [one] Jest jeszcze jedna
    [few] Są jeszcze { $count }
    [many] Jest jeszcze { $count }
   *[other] Jest jeszcze { $count }
}. Napisz „pokaż więcej”.
chat-transactions-none = Nie ma płatności, { $period }.
chat-transactions-none-filtered = Nie ma płatności ({ $filter }), { $period }.
chat-transactions-largest = Największa to { $amount } dla { $merchant }, { $date }.
chat-transactions-smallest = Najmniejsza to { $amount } dla { $merchant }, { $date }.
chat-transactions-sum = Wyszło: { $spent }. Wpłynęło: { $received }.
chat-transactions-pending = w toku
chat-spending-intro = Twoje wydatki, { $period }:
chat-spending-by-month = Twoje wydatki według miesięcy:
chat-spending-total = Razem { $amount }, { $period }.
chat-spending-one = { $what }: { $amount }, { $period }.
chat-spending-none = Nic nie wydano, { $period }.
chat-spending-more = To o { $amount } więcej niż { $period }.
chat-spending-less = To o { $amount } mniej niż { $period }.
chat-spending-same = Mniej więcej tyle samo co { $period }.
period-recent = w ostatnich 90 dniach
chat-chart-title = Wydatki, { $period }

## Chat: what repeats and comes next

chat-recurring-intro = { $count ->
    [one] Powtarza się jedna opłata:
    [few] Powtarzają się { $count } opłaty:
    [many] Powtarza się { $count } opłat:
   *[other] Powtarza się { $count } opłaty:
}
chat-recurring-row = { $name }: { $amount }, { $rhythm }
chat-recurring-next = Następna: { $date }
chat-recurring-none = Nie widzę nic, co się powtarza.
chat-recurring-monthly = Razem około { $amount } miesięcznie.
chat-upcoming-salary = Wypłata przychodzi zwykle około { $date }: mniej więcej { $amount }.
chat-upcoming-rent = Czynsz wypada około { $date }: { $amount }.
chat-upcoming-bill = { $name } wypada około { $date }: { $amount }.
chat-upcoming-intro = Co nadchodzi:
chat-upcoming-none = Nie widzę nic nadchodzącego.
chat-upcoming-unsure = Nie widzę jeszcze prawidłowości, więc wolę nie zgadywać.

## Chat: account number, quick checks

chat-number = Numer konta jest widoczny tylko w widoku Twojego banku, nigdy na czacie.
chat-numbers-intro = Oto numery Twoich kont w { $bank }. Podawaj je tylko tym, którzy mają Ci zapłacić.
chat-number-label = Pokaż numer konta
chat-enough-yes = Tak, wystarczy na { $amount }.
chat-enough-no = Nie, teraz nie wystarczy na { $amount }.
chat-enough-how-much = Na co? Podaj kwotę.
chat-enough-bill-unknown = Nie wiem, ile kosztuje „{ $name }”. Podaj kwotę.

## Chat: taking back, and asking who sees

chat-stop-done = Gotowe. { $party } od teraz nic już nie widzi.
chat-stop-done-count = Gotowe. { $count ->
    [one] Cofnięto jedną zgodę
    [few] Cofnięto { $count } zgody
    [many] Cofnięto { $count } zgód
   *[other] Cofnięto { $count } zgody
}; nic więcej nie jest tu udostępniane.
chat-stop-nothing = Nic się tu nie udostępnia, więc nie ma czego zatrzymywać.
chat-stop-all-done = Wszystko zatrzymane: { $count ->
    [one] cofnięto jedną zgodę
    [few] cofnięto { $count } zgody
    [many] cofnięto { $count } zgód
   *[other] cofnięto { $count } zgody
}, dla każdego czatu i każdej aplikacji. Działa od tej chwili.
chat-stop-all-nothing = Nie było czego zatrzymywać: żaden czat ani aplikacja nie ma Twojej zgody.
chat-shared-intro = W ostatnich 30 dniach { $count ->
    [one] udostępniono jedną rzecz
    [few] udostępniono { $count } rzeczy
    [many] udostępniono { $count } rzeczy
   *[other] udostępniono { $count } rzeczy
}:
chat-shared-row = { $party }: { $count ->
    [one] raz
    [few] { $count } razy
    [many] { $count } razy
   *[other] { $count } razu
}
chat-shared-none = W ostatnich 30 dniach nic nie udostępniono.
chat-shared-label = Zobacz każdy wpis
chat-sees-bank-owned = Tylko Ty i { $bank }. To własny czat banku; nikogo nie ma pośrodku.
chat-sees-end-to-end = Ty i { $bank }. { $party } przenosi zaszyfrowane wiadomości i nie może ich przeczytać; wie tylko, że i kiedy piszesz.
chat-sees-spoken = Ty, { $bank }, { $party }, które prowadzi usługę głosową, i każdy, kto to usłyszy. Dlatego mało mówię na głos.
chat-sees-platform = Ty, { $bank } i { $party }, które może tu wszystko przeczytać. Dlatego zamiast liczb wysyłam linki do widoku banku.
chat-clear-history = Historię możesz wyczyścić na stronie banku. Zobaczysz tam, co znika, a co bank musi zachować z mocy prawa.
chat-clear-history-label = Wyczyść historię
chat-my-data = Wszystko, co bank tu o Tobie przechowuje, możesz pobrać na jego stronie.
chat-my-data-label = Moje dane
chat-is-this-my-bank = To jest { $bank }. Dla pewności otwórz stronę banku samodzielnie: musi pokazać słowa „{ $phrase }”.
chat-is-this-my-bank-label = Sprawdź na stronie banku
chat-is-this-my-bank-stranger = Ten czat nie jest jeszcze połączony, więc nie ma słów do porównania. Dla pewności połącz go ze strony banku.

## Chat: people, and what can’t be done here yet

chat-human-queued = Twoja prośba jest zapisana. Teraz nikt z { $bank } nie odpowiada na tym czacie; jeśli to pilne, zadzwoń: { $phone }.
chat-human-already = Twoja prośba jest już zapisana. Jeśli to pilne, zadzwoń: { $phone }.
chat-freeze-unavailable = Jeszcze nie mogę tu blokować kart. Zadzwoń teraz: { $phone }; odbierają w dzień i w nocy.
chat-payment-unavailable = Jeszcze nie mogę tu wysyłać pieniędzy. Użyj aplikacji { $bank } albo zadzwoń: { $phone }.
chat-limit-unavailable = Jeszcze nie mogę tu ustawiać limitów wydatków. { $bank } może: { $phone }.
chat-offers-none = Nie mam ofert i nie pokażę żadnej, dopóki nie poprosisz o nie na stronie banku.
chat-dispute = Jeśli to nie Twoja płatność, zadzwoń teraz: { $phone } i poproś o zablokowanie karty. Twoje zgłoszenie jest zapisane.
chat-cards-unavailable = Jeszcze nie mogę tu zmieniać ustawień kart. { $bank } może: { $phone }.

## Chat: what goes wrong

chat-secret-card = To wyglądało jak numer karty. Nie zachowuję go. Nigdy nie wysyłaj go na czacie: bank o niego nie poprosi.
chat-secret-pin = To wyglądało jak PIN lub kod zabezpieczający. Nie zachowuję go. Nikt z { $bank } nigdy o niego nie poprosi.
chat-secret-code = To wyglądało jak kod jednorazowy. Nie zachowuję go. Jeśli ktoś o niego prosi, to oszustwo: zadzwoń { $phone }.
chat-secret-removed = [usunięto]
chat-too-long = Ta wiadomość jest za długa. Zmieść się w { $limit } znakach.
chat-attachment = Nie przyjmuję zdjęć ani plików. Napisz to słowami.
chat-rate-limited = To było dużo naraz. Odczekaj { $minutes ->
    [one] minutę
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
} i spróbuj ponownie.
chat-error = Coś poszło nie tak po naszej stronie. Nic nie zmieniono i nic nie udostępniono. Spróbuj za chwilę.
chat-bank-unreachable = System banku teraz nie odpowiada. Spróbuj za kilka minut.
chat-suspended = { $bank } wstrzymuje tu tę usługę. W pilnej sprawie zadzwoń: { $phone }.
chat-receipt = Potwierdzenie { $number }

## Chat: on other channels

channel-numbered = Odpowiedz numerem:
channel-row = { $label }: { $value }
channel-row-hint = { $label }: { $value } ({ $hint })
channel-media = Tutaj czytam tylko tekst. Napisz, czego potrzebujesz.
channel-left = Nie będziesz już dostawać tu wiadomości od { $bank }. Napisz START, aby zacząć od nowa.
channel-waiting = { $bank } ma dla Ciebie wiadomość. Odpowiedz tutaj, aby ją przeczytać.
channel-elsewhere = Resztę wysłałem na Twój telefon.
channel-moved = Twoje konto w tym serwisie się zmieniło, więc nie udostępniam już nic w tym czacie. Połącz go ponownie.
channel-hello = cześć
channel-yes = tak
channel-no = nie
channel-hold-on = Chwileczkę.
channel-late = Odpowiedź nie jest jeszcze gotowa. Zapytaj mnie za chwilę jeszcze raz albo zajrzyj na stronę { $bank }.
channel-earlier = Wcześniej: { $words }
channel-again = Co jeszcze chcesz wiedzieć?
channel-aside = Więcej jest na stronie { $bank }, tylko dla Twoich oczu.
channel-own-page = Znajdziesz to na stronie { $bank }.
channel-withheld = Nie pokazuję odpowiedzi w e-mailu, gdzie mogłoby ją przeczytać wiele osób. Tylko Ty możesz ją otworzyć na stronie banku.
channel-asked-elsewhere = To odpowiedź na Twoje pytanie z innego kanału.
channel-about = około { $amount }
channel-minus = minus { $amount }
channel-account = { $name }, końcówka { $tail }
chat-code-ask = Aby go połączyć, zaloguj się na stronie { $bank }, wybierz „Połącz kodem” i podaj mi tutaj kod.
chat-code-said = Mam kod. Teraz wybierz te słowa na stronie { $bank }: { $phrase }. Jeśli to nie Ty prosisz tam o kod, nikomu nie podawaj tych słów.
chat-code-wrong = Ten kod niczego tu nie otwiera. Nowy dostaniesz na stronie { $bank }. Po kilku błędnych przez godzinę nie przyjmuję kodów.

## Why something was refused

refusal-not-yet-given = Jeszcze na to nie pozwalasz.
refusal-rejected = Odmówiono zgody, więc nic nie jest udostępniane.
refusal-revoked = Ta zgoda została cofnięta.
refusal-expired = Twoja zgoda się skończyła.
refusal-consumed = Twoja zgoda była jednorazowa i została wykorzystana.
refusal-paused = Twoja zgoda jest wstrzymana.
refusal-other-party = Twoja zgoda dotyczy kogoś innego.
refusal-other-purpose = Twoja zgoda dotyczy innego celu.
refusal-out-of-scope = Twoja zgoda nie obejmuje tego rodzaju danych.
refusal-other-account = Twoja zgoda nie obejmuje tego konta.
refusal-customer-absent = To udostępniamy tylko w Twojej obecności.
refusal-too-long-ago = Twoja zgoda nie sięga tak daleko wstecz.
refusal-policy = Zasady { $bank } tu na to nie pozwalają.
refusal-how-to-fix = Możesz to zmienić na stronie banku.

## Permissions about to run out

expiry-soon = Twoja zgoda dla { $party } kończy się za { $days ->
    [one] jeden dzień
    [few] { $days } dni
    [many] { $days } dni
   *[other] { $days } dnia
}, { $date }. Przedłuż ją, jeśli nadal chcesz; jeśli nie, nic nie rób.
expiry-today = Twoja zgoda dla { $party } kończy się dzisiaj. Potem nic już nie będzie widoczne.
expiry-over = Twoja zgoda dla { $party } się skończyła. Nic już nie jest widoczne.

## Names: kinds of data

cluster-accounts = jakie masz konta
cluster-balances = Twoje salda
cluster-transactions = Twoje płatności i ich sumy
cluster-recurring = co się powtarza i co nadchodzi
cluster-account-numbers = numery Twoich kont
cluster-cards = Twoje karty i to, czy działają

## Names: how much is shown

level-answer = Tak lub nie
level-answer-hint = Tylko odpowiedź na pytanie, np. „czy wystarczy?”
level-summary = W zaokrągleniu
level-summary-hint = Zaokrąglone kwoty i sumy
level-masked = Kwoty
level-masked-hint = Kwoty i daty; bez sklepów i numerów kont
level-detail = Wszystko
level-detail-hint = Wszystko, co widzisz
level-link = Tylko odnośnik do własnego widoku banku
level-none = Nic

## Names: purposes, each with one sentence why

purpose-account-information = pokazywanie Ci Twoich kont
purpose-account-information-why = Aby można było tu pytać o salda i płatności.
purpose-fraud-alerts = ostrzeganie Cię o oszustwach
purpose-fraud-alerts-why = Aby od razu było wiadomo, że coś jest nie tak.
purpose-support = odpowiadanie na Twoje pytania
purpose-support-why = Aby osoba, która pomaga, widziała, o co pytasz.
purpose-account-management = zarządzanie kontem
purpose-account-management-why = Aby można było zmieniać ustawienia, np. zablokować kartę.
purpose-payments = wysyłanie pieniędzy i prośby o nie
purpose-payments-why = Aby można było stąd płacić innym.
purpose-orders = zakupy w sklepach
purpose-orders-why = Aby można było kupować bez podawania karty.
purpose-offers = oferty Twojego banku
purpose-offers-why = Tylko jeśli ich chcesz. Nic innego od tego nie zależy.

## Names: categories

category-salary = Wynagrodzenie
category-income = Inne wpływy
category-housing = Czynsz i kredyt
category-utilities = Rachunki
category-groceries = Zakupy spożywcze
category-eating-out = Restauracje
category-transport = Transport
category-travel = Podróże
category-shopping = Zakupy
category-subscriptions = Subskrypcje
category-health = Zdrowie
category-leisure = Rozrywka
category-education = Edukacja
category-insurance = Ubezpieczenia
category-cash = Gotówka
category-transfer = Przelewy
category-fees = Opłaty
category-refund = Zwroty
category-other = Inne

## Names: accounts, cards, rhythms

account-checking = Konto osobiste
account-savings = Oszczędności
account-credit-card = Karta kredytowa
account-named = { $name } ••{ $tail }
card-active = Aktywna
card-frozen = Zablokowana
card-closed = Zamknięta
rhythm-weekly = co tydzień
rhythm-fortnightly = co dwa tygodnie
rhythm-monthly = co miesiąc
rhythm-quarterly = co trzy miesiące
rhythm-yearly = co rok

## Names: fields, as the log names them

field-answer = tak lub nie
field-account-name = nazwa konta
field-account-tail = ostatnie cyfry konta
field-account-number = numer konta
field-balance-rounded = zaokrąglone saldo
field-balance-amount = saldo
field-balance-available = dostępne środki
field-transaction-sum = sumy płatności
field-transaction-amount = kwoty i daty
field-transaction-category = kategorie
field-transaction-merchant = komu zapłacono
field-transaction-memo = opisy i miejsca
field-recurring-amount = kwoty, które się powtarzają
field-recurring-counterparty = komu płacisz regularnie
field-card-state = karty i to, czy działają

## Names: states of a permission, and who can read along

state-awaiting = Czeka na Ciebie
state-authorised = Aktywna
state-paused = Wstrzymana
state-rejected = Odrzucona
state-revoked = Cofnięta
state-expired = Zakończona
state-consumed = Wykorzystana
ceiling-bank-owned = Własny kanał banku: nikt inny nie czyta
ceiling-end-to-end = Szyfrowanie od końca do końca: operator nie może czytać
ceiling-spoken = Na głos: inni mogą usłyszeć
ceiling-platform = Operator może czytać
ceiling-assistant = Twój asystent AI: kto go prowadzi, może czytać, co się mu powie

## Dates and times

date-today = dzisiaj
date-yesterday = wczoraj
date-tomorrow = jutro
date-range = od { $from } do { $to }
date-in-month = { $month }
date-all-time = przez cały czas
date-since = od { $date }
date-until = do { $date }
date-on = { $date }
date-days-left = { $days ->
    [one] został jeden dzień
    [few] zostały { $days } dni
    [many] zostało { $days } dni
   *[other] zostało { $days } dnia
}
date-minutes-ago = { $minutes ->
    [one] minutę temu
    [few] { $minutes } minuty temu
    [many] { $minutes } minut temu
   *[other] { $minutes } minuty temu
}
date-hours-ago = { $hours ->
    [one] godzinę temu
    [few] { $hours } godziny temu
    [many] { $hours } godzin temu
   *[other] { $hours } godziny temu
}
date-days-ago = { $days ->
    [one] wczoraj
    [few] { $days } dni temu
    [many] { $days } dni temu
   *[other] { $days } dnia temu
}
date-just-now = przed chwilą
date-never = nigdy

## Navigation and buttons

nav-home = Start
nav-accounts = Konta
nav-chat = Czat
nav-connections = Zgody
nav-log = Kto co widział
nav-data = Moje dane
nav-stop-all = ZATRZYMAJ WSZYSTKO
nav-sign-out = Wyloguj
nav-passkeys = Klucze dostępu
nav-language = Język
nav-skip = Przejdź do treści
nav-main = Nawigacja główna
nav-theme = Jasny lub ciemny
button-allow = Zezwól
button-allow-less = Zezwól na mniej
button-refuse = Odmów
button-continue = Dalej
button-back = Wstecz
button-cancel = Anuluj
button-confirm = Potwierdź
button-save = Zapisz
button-send = Wyślij
button-search = Szukaj
button-clear-filter = Pokaż wszystko
button-pause = Wstrzymaj
button-resume = Wznów
button-narrow = Zezwól na mniej
button-renew = Przedłuż
button-revoke = Cofnij
button-verify = Sprawdź
button-download = Pobierz
button-copy = Kopiuj
button-copied = Skopiowano
button-try-again = Spróbuj ponownie
button-close = Zamknij
button-change = Zmień
button-unlink = Odłącz
button-check = Sprawdź

## Page: the chat

page-chat-title = Czat z { $bank }
page-chat-input = Napisz wiadomość
page-chat-empty = Przywitaj się albo zapytaj o saldo.
page-chat-typing = { $bank } pisze
page-chat-sent = Wysłano
page-chat-delivered = Dostarczono
page-chat-read = Przeczytano
page-chat-failed = Nie wysłano
page-chat-reconnecting = Łączę ponownie…
page-chat-you = Ty
page-chat-sending = Wysyłanie
page-chat-newer = Nowe wiadomości
page-chat-earlier = Wcześniejsze wiadomości
page-chat-quick = Podpowiedzi
page-chat-check = Sprawdź, czy jest odpowiedź
page-chat-from-you = Od Ciebie
page-chat-to-you = Do Ciebie
page-chat-nothing-passed = Jeszcze nic tędy nie przeszło.
page-chat-unread = { $count ->
    [one] Jedna nowa wiadomość
    [few] { $count } nowe wiadomości
    [many] { $count } nowych wiadomości
   *[other] { $count } nowej wiadomości
}
page-chat-platform-sees = Co widzi platforma
page-chat-platform-note = Ten czat zachowuje się tak, jakby { $party } mogło go czytać. Po prawej jest dokładnie to, co byłoby widoczne.

## Page: the chat on a site of the bank

page-widget-unavailable = Nie można pokazać czatu na tej stronie.
page-widget-open = Otwórz go w nowej karcie
page-widget-forgotten = Ta przeglądarka nie pozwala, by czat pozostał na tej stronie.
page-sample-title = Strona własnej witryny { $bank }
page-sample-lead = Udaje witrynę banku i ma inne pochodzenie niż czat. Czat dodaje tu jeden znacznik skryptu: naciśnij przycisk w rogu.
page-sample-learns = Czego dowiaduje się ta strona
page-sample-nothing = Ile wiadomości jest nowych i czy czat jest otwarty. Niczego więcej: czat działa w ramce z własnej witryny banku.
page-sample-tag = Co go tu dodaje

## Page: sign in and passkeys

page-sign-in-title = Zaloguj się do { $bank }
page-sign-in-intro = Użyj klucza dostępu: odcisku palca, twarzy albo PIN-u urządzenia. Nie ma hasła, które można zapomnieć lub ukraść.
page-sign-in-button = Zaloguj się kluczem dostępu
page-sign-in-demo = Zaloguj się jako { $name } (demo)
page-sign-in-demo-note = Tylko w wersji demo: dla urządzeń bez klucza dostępu. Prawdziwy bank nigdy tego nie pokazuje.
page-sign-in-failed = Nie udało się. Spróbuj ponownie albo użyj innego urządzenia z Twoim kluczem dostępu.
page-sign-in-no-support = Ta przeglądarka nie obsługuje kluczy dostępu. Użyj nowszej albo telefonu.
page-passkey-add-title = Utwórz klucz dostępu
page-passkey-add-intro = Zostaje na Twoim urządzeniu. Bank nigdy nie widzi Twojego odcisku ani twarzy.
page-passkey-add-button = Utwórz klucz dostępu
page-passkey-confirm = Potwierdź kluczem dostępu, że to Ty.
page-passkeys-title = Twoje klucze dostępu
page-passkeys-intro = Kluczem dostępu logujesz się i potwierdzasz to, co ważne. Miej dwa, na różnych urządzeniach.
page-passkeys-none = Nie masz jeszcze klucza dostępu.
page-passkey-name = Jak go nazwać
page-passkey-name-hint = Na przykład „mój telefon”, żeby go rozpoznać.
page-passkey-unnamed = Klucz dostępu
page-passkey-added = Dodano { $date }
page-passkey-used = ostatnio użyto { $date }
page-passkey-remove = Usuń
page-passkey-last = To Twój jedyny klucz dostępu. Dodaj inny, zanim go usuniesz.
page-passkey-cancelled = Nic się nie stało. Spróbuj ponownie, kiedy zechcesz.
page-passkey-failed = Ten klucz dostępu nie został przyjęty. Nic się nie zmieniło; spróbuj ponownie.
page-invite-title = Przygotuj logowanie do { $bank }
page-invite-intro = Klucz dostępu zastępuje hasło: zostaje w Twoim telefonie lub komputerze, a odblokuje go tylko Twój odcisk palca, twarz albo PIN urządzenia.
page-invite-once = Ten link działa raz i krótko. Nie przekazuj go: kto go otworzy, może zalogować się jako Ty.
page-invite-closed-title = Ten link już się nie otwiera
page-invite-used = Został już użyty. Jeśli to Ty, zaloguj się kluczem dostępu. Jeśli nie, od razu zadzwoń do { $bank }: { $phone }.
page-invite-ran-out = Był ważny tylko krótko. Zadzwoń do { $bank } i poproś o nowy: { $phone }.
page-invite-unknown = Nie znamy tego linku. Sprawdź, czy otworzył się cały, albo zadzwoń do { $bank } i poproś o nowy: { $phone }.
page-confirm-title = Czy to Ty?
page-confirm-button = Potwierdź kluczem dostępu
page-confirm-demo = Potwierdź jako { $name } (demo)
page-signed-out = Wylogowano.

## Page: home and the secure view

page-front-lead = Bank w każdym czacie, a dane zostają po stronie banku. Wybierz bank.
page-home-title = Cześć, { $name }
page-home-intro = Twoje konta i kto może je widzieć.
page-home-sees = { $count ->
    [one] Jedna zgoda jest aktywna: zobacz, kto może patrzeć
    [few] { $count } zgody są aktywne: zobacz, kto może patrzeć
    [many] { $count } zgód jest aktywnych: zobacz, kto może patrzeć
   *[other] { $count } zgody jest aktywnej: zobacz, kto może patrzeć
}
page-home-all = Zobacz wszystko
page-secure-title = Tylko dla Twoich oczu
page-secure-note = Jesteś na własnej stronie { $bank }. { $party } tego nie widzi.
page-secure-expires = Ten widok zamknie się za { $minutes ->
    [one] minutę
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
}.
page-number-iban = IBAN
page-number-bic = BIC
page-number-routing = Numer rozliczeniowy
page-number-account = Numer konta
page-number-sort-code = Kod oddziału

## Page: link a chat

page-link-title = Połącz ten czat
page-link-intro = Zaraz połączysz czat w { $party } ze swoim kontem. Nic nie będzie widoczne, dopóki na to nie pozwolisz.
page-link-phrase = Porównaj te słowa ze słowami na czacie:
page-link-phrase-warning = Jeśli są inne, przerwij: ktoś może podszywać się pod { $bank }.
page-link-button = Są takie same: połącz czat
page-link-refuse = Są inne
page-link-done = Połączono. Możesz wrócić do czatu.
page-link-refused = Nie połączono. Dziękujemy za sprawdzenie.
page-link-back = Wróć do czatu
page-link-return = Możesz zamknąć tę kartę i pisać dalej w czacie.
page-link-allowed = Zgoda udzielona. Obowiązuje od teraz.
page-link-foreign = Ten link jest dla kogoś innego. Jeśli jest Twój, zaloguj się na konto, z którego o niego poproszono; jeśli nie, poproś o nowy na własnym czacie.
page-code-title = Połącz kodem
page-code-intro = Dla asystentów głosowych i wszędzie tam, gdzie nie otworzysz linku. Tutaj dostajesz kod, a tam go mówisz lub wpisujesz.
page-code-channel = Gdzie chcesz korzystać z banku?
page-code-make = Pobierz kod
page-code-again = Pobierz nowy kod
page-code-yours = Twój kod dla { $party }
page-code-how = Powiedz go lub wpisz w { $party }. Działa raz, przez dziesięć minut i tylko tam.
page-code-warning = Nie podawaj tego kodu nikomu, nawet osobie, która mówi, że jest z { $bank }.
page-code-check = Kod podany
page-code-waiting = Nikt jeszcze nie podał tego kodu.
page-code-choose = Jakie słowa podaje { $party }?
page-code-choose-hint = Ufaj tylko własnemu urządzeniu. Jeśli słowa podała Ci jakaś osoba, wybierz ostatnią odpowiedź: chodzi jej o Twoje konta.
page-code-none = Żadne z nich
page-code-confirm = Połącz czat
page-code-mismatch = Nie połączono: to nie są słowa z czatu. Kod jest już nieważny.
page-code-many = Pobrano już kilka kodów. Spróbuj ponownie za godzinę.
page-code-nowhere = Żadnego czatu { $bank } nie można jeszcze połączyć kodem.
page-code-consent = Zdecyduj, co może widzieć

## Connecting an AI assistant

page-assistant-unverified = Aplikacja przedstawia się jako „{ $party }”. Bank nie sprawdził tej nazwy.
page-assistant-host = Twoja odpowiedź wraca do { $host }.
page-assistant-local = Twoja odpowiedź wraca do aplikacji na tym urządzeniu.
page-assistant-back-title = Powrót do { $party }
page-assistant-back-allowed = Zgoda udzielona. Wracasz do aplikacji.
page-assistant-back-refused = Odmowa zapisana. Nic nie zostało udostępnione. Wracasz do aplikacji.
page-assistant-back-button = Wróć do aplikacji
page-assistant-over = Ta prośba jest już zakończona. Zacznij od nowa w aplikacji.
page-assistant-broken = Aplikacja, która Cię tu przysłała, popełniła błąd. Nic nie zostało udostępnione.

## Page: decide on a permission

page-consent-title = { $party } prosi o Twoją zgodę
page-consent-check-title = Sprawdź, zanim zezwolisz
page-consent-less-title = Co może widzieć { $party }?
page-consent-who = Kto
page-consent-why = Dlaczego
page-consent-what = Co będzie widoczne
page-consent-how-much = Jak dokładnie
page-consent-levels = Co oznaczają te możliwości
page-consent-accounts = Które konta?
page-consent-accounts-hint = Żadne nie jest wybrane z góry.
page-consent-sample = Dokładnie to zostałoby teraz wysłane:
page-consent-example = Na przykład to zostałoby teraz wysłane o { $account }:
page-consent-sample-none = W tej postaci nic z tego nie może zostać wysłane.
page-consent-duration = Na jak długo?
page-consent-once = Tylko raz
page-consent-days = { $days ->
    [one] Na jeden dzień
    [few] Na { $days } dni
    [many] Na { $days } dni
   *[other] Na { $days } dnia
}
page-consent-history = Płatności z { $days ->
    [one] ostatniego dnia
    [few] ostatnich { $days } dni
    [many] ostatnich { $days } dni
   *[other] ostatniego { $days } dnia
}
page-consent-history-title = Jak daleko wstecz?
page-consent-when = Kiedy?
page-consent-always = Także pod Twoją nieobecność, na przykład by Cię ostrzec
page-consent-present = Tylko gdy jesteś na czacie
page-consent-not-shared = Czego nigdy nie udostępniamy
page-consent-not-shared-list = Numerów kart, PIN-ów i kodów; niczego na reklamy, profilowanie, odsprzedaż czy trenowanie.
page-consent-back-out = Możesz to zakończyć w każdej chwili jednym dotknięciem lub pisząc „przestań udostępniać”.
page-consent-choose-account = Wybierz co najmniej jedno konto.
page-consent-choose-data = Wybierz co najmniej jeden rodzaj danych.
page-consent-lapsed = Ta prośba wygasła. Poproś ponownie na czacie.
page-consent-decided = Ta decyzja już zapadła.

## Page: permissions

page-connections-title = Twoje zgody
page-connections-intro = Wszyscy, którzy mogą widzieć coś Twojego. Każdą zgodę cofniesz jednym dotknięciem.
page-connections-none = Nikt nie widzi niczego Twojego.
page-connections-last = Ostatni wgląd: { $time }
page-connections-count = { $count ->
    [one] Jeden wgląd w 30 dni
    [few] { $count } wglądy w 30 dni
    [many] { $count } wglądów w 30 dni
   *[other] { $count } wglądu w 30 dni
}
page-connections-expiry = Do { $date }
page-connections-ended = Zakończone
page-connections-chats = Połączone czaty
page-connections-chats-note = Te czaty wiedzą, kim jesteś. Odłączenie opróżnia czat.
page-connections-revoked = Cofnięto. { $party } nic już nie widzi.
page-connections-paused = Wstrzymano. { $party } na razie nic nie widzi.
page-connections-resumed = { $party } znów ma wgląd.
page-connections-narrowed = Gotowe. { $party } widzi teraz mniej.
page-connections-renewed = Przedłużono do { $date }.
page-connections-renew-note = Wszystko zostaje bez zmian, do { $date }.
page-connections-narrow-title = Zezwolić { $party } na mniej?
page-connections-renew-title = Zezwolić { $party } na dłużej?

## Page: the disclosure log

log-title = Kto co widział
log-intro = Wszystkie Twoje dane, które wyszły z banku, zapieczętowane tak, że nikt nie zmieni ani nie usunie wpisu niezauważenie.
log-none = Nic nie wyszło z banku.
log-none-found = Nic nie pasuje do wyszukiwania.
log-search = Szukaj
log-filter-party = Kto
log-filter-kind = Co
log-filter-from = Od
log-filter-to = Do
log-any = Wszystko
log-kind-shown = Pokazane lub odmówione
log-kind-allowed = Twoje zgody
log-kind-changed = Twoje zmiany
log-kind-ended = Cofnięte
log-kind-chats = Połączone czaty
log-newer = Nowsze
log-older = Starsze
log-saw = { $party } zobaczyło: { $what }, { $account }
log-saw-general = { $party } zobaczyło: { $what }
log-saw-nothing = { $party } prosiło o: { $what }; odmówiono
log-saw-answer = { $party } dostało odpowiedź: { $what }
log-granted = Twoja zgoda dla { $party }: { $what }
log-renewed = Przedłużona zgoda dla { $party }
log-narrowed = Ograniczona zgoda dla { $party }
log-paused = Wstrzymana zgoda dla { $party }
log-resumed = Wznowiona zgoda dla { $party }
log-revoked = Cofnięta przez Ciebie zgoda dla { $party }
log-revoked-bank = { $bank } cofa zgodę dla { $party }
log-expired = Zgoda dla { $party } się skończyła
log-outcome = Wysłano do { $party }: { $what }
log-channel-withdrawn = Poproszono { $party } o usunięcie tego, co miało
log-cleared = Wyczyszczona historia
log-agent-view = { $name } z { $bank } zobaczył(a): { $what }
log-linked = Połączono czat w { $party }
log-unlinked = Odłączono czat w { $party }
log-passkey-added = Utworzono klucz dostępu dzięki zaproszeniu od { $bank }
log-passkey-created = Utworzono klucz dostępu
log-passkey-removed = Usunięto klucz dostępu
log-rejected = Odmówiono zgody dla { $party }
log-consumed = Jednorazowa zgoda dla { $party } została wykorzystana
log-hold = { $bank }: nałożono lub zdjęto blokadę prawną
log-other = { $bank }: nowy wpis
log-tag-refused = Odmowa
log-tag-less = Mniej niż chciano
log-detail-title = Co wysłano
log-detail-bytes = Dokładnie te bajty wysłano
log-detail-recorded = Dokładnie te bajty, które zapisano
log-detail-size = { $count ->
    [one] jeden bajt
    [few] { $count } bajty
    [many] { $count } bajtów
   *[other] { $count } bajtu
}
log-detail-withheld = Co pominięto
log-detail-withheld-consent = bo zgoda na to nie pozwala
log-detail-withheld-channel = bo { $party } mogłoby to przeczytać
log-detail-withheld-policy = bo zasady { $bank } na to nie pozwalają
log-detail-withheld-none = Niczego nie pominięto.
log-detail-purpose = Cel
log-detail-level = Jak dokładnie
log-detail-consent = Zgoda
log-detail-receipt = Potwierdzenie
log-detail-time = Kiedy
log-detail-policy = Obowiązujące reguły banku
log-detail-build = Program
log-detail-version = { $id }, wersja { $number }
log-verify-intro = Sprawdź samodzielnie, że ten wpis jest w dzienniku i nie został zmieniony.
log-verify-ok = Sprawdzono: wpis jest w dzienniku, niezmieniony.
log-verify-waiting = Wpis jest zapieczętowany; dowód będzie gotowy za chwilę.
log-verify-failed = Ten wpis nie zgadza się z dziennikiem. Powiadom { $bank }: { $phone }.
log-step-record = Zapis prowadzi do swojego zobowiązania
log-step-body = Wysłano to, co wymienia zapis
log-step-chain = Zapis wymienia poprzedni
log-step-leaf = Publiczny dziennik zawiera jego liść
log-step-path = Ścieżka prowadzi do podpisanego korzenia
log-step-signature = Klucz dziennika podpisał ten korzeń
log-step-head = Mapa najnowszych wpisów obejmuje Twój: żadnego nie pominięto
log-checked = Sprawdzono: { $time }
log-path = Droga od wpisu do korzenia
log-checkpoint = Podpisany punkt kontrolny
log-verify-yourself = Sprawdź na własnym komputerze
log-verify-how = Pobierz swój dziennik i uruchom „bankside verify-log”. Nikogo nie pyta i potrzebuje tylko klucza publicznego banku.
log-export = Pobierz mój dziennik z dowodami
log-proof = Dowód
log-proof-download = Pobierz dowód
log-proof-position = Wpis { $index } z { $size }

## Strona: czego dowiedziała się każda platforma

page-learnt-title = Czego dowiedziała się każda platforma
page-learnt-intro = Co pokazano w każdym kanale, jakie dokładnie wiadomości tam trafiły i co można jeszcze wycofać.
page-learnt-none = Żadnej platformie nic o Tobie nie wysłano.
page-learnt-kinds = Co tam pokazano
page-learnt-times = { $count ->
    [one] raz
    [few] { $count } razy
    [many] { $count } razy
   *[other] { $count } razu
}
page-learnt-nothing = Tylko słowa i linki, żadnych Twoich danych.
page-learnt-messages = Wiadomości, które tam trafiły
page-learnt-newest = Najnowsze wiadomości, najwyżej { $count ->
    [one] jedna
    [few] { $count }
    [many] { $count }
   *[other] { $count }
}.
page-learnt-open = Można wycofać
page-learnt-until = Można wycofać do: { $time }
page-learnt-asked = W trakcie wycofywania
page-learnt-taken = Wycofano: { $time }
page-learnt-never = Zostaje tam: z tego kanału nic nie można wycofać
page-learnt-late = Zostaje tam: minął czas na wycofanie
page-learnt-unnamed = Zostaje tam: operator nie podał, jak ją wskazać
page-learnt-refused = Zostaje tam: operator odmówił
page-learnt-gone = Zostaje tam: operator nie ma już z Tobą kontaktu
page-learnt-gave-up = Zostaje tam: operator nie odpowiadał przez dobę
page-learnt-unreadable = Tych słów nie da się już otworzyć.
page-learnt-button = Wycofaj wszystko, co się da
page-learnt-note = Prosimy operatorów o usunięcie tych wiadomości. Tego, co ktoś skopiował gdzie indziej, nikt nie może wycofać.
page-learnt-done = { $count ->
    [one] Poproszono: jedna wiadomość jest wycofywana.
    [few] Poproszono: { $count } wiadomości są wycofywane.
    [many] Poproszono: { $count } wiadomości jest wycofywanych.
   *[other] Poproszono: { $count } wiadomości jest wycofywane.
}
page-learnt-done-none = Nie ma już nic, co można wycofać.
page-learnt-wishes = Co z tego wyszło
page-learnt-wish-asked = Prośba do { $party } o usunięcie tego, co miało
page-learnt-wish-unlinked = Odłączono czat w { $party }
page-learnt-wish-cleared = Wyczyszczono historię, a z nią czat w { $party }
page-learnt-count-taken = { $count ->
    [one] wycofano jedną wiadomość
    [few] wycofano { $count } wiadomości
    [many] wycofano { $count } wiadomości
   *[other] wycofano { $count } wiadomości
}
page-learnt-count-open = { $count ->
    [one] jedna w toku
    [few] { $count } w toku
    [many] { $count } w toku
   *[other] { $count } w toku
}
page-learnt-count-kept = { $count ->
    [one] jedna tam zostaje
    [few] { $count } tam zostają
    [many] { $count } tam zostaje
   *[other] { $count } tam zostaje
}

## Page: my data

page-data-title = Moje dane
page-data-intro = Wszystko, co jest tu o Tobie: weź kopię albo każ usunąć.
page-data-export-title = Weź kopię
page-data-export-json = Wszystko (JSON)
page-data-export-csv = Jako tabela (CSV)
page-data-clear-title = Wyczyść historię
page-data-clear-intro = Twoje wiadomości i to, co udostępniono, staną się nieczytelne dla wszystkich, na zawsze. Nie da się tego cofnąć.
page-data-clear-goes = Co znika
page-data-clear-goes-list = Twoje wiadomości, treść dziennika, połączenia i zgody.
page-data-messages = Wiadomości
page-data-entries = Wpisy w Twoim dzienniku
page-data-clear-stays = Co musi zostać i dlaczego
page-data-clear-stays-bank = Twoje konta i płatności w { $bank }: prawo każe bankowi prowadzić księgi.
page-data-clear-stays-log = Zapieczętowany dziennik bez treści: nic o Tobie nie mówi, a dowody wszystkich pozostają ważne.
page-data-clear-stays-channel = Kopie w { $party }: prosimy o usunięcie i pokażemy odpowiedź.
page-data-clear-stays-hold = To, co jest zabezpieczone prawnie, do { $date }.
page-data-clear-button = Wyczyść moją historię
page-data-clear-done = Historia wyczyszczona. Oto podpisane potwierdzenie.
page-data-held = Historii nie można teraz wyczyścić: zatrzymuje ją blokada prawna ({ $reason }).
page-data-under-way = Trwa: nikt już nie odczyta Twojej historii. Podpisane potwierdzenie pojawi się tutaj.
page-data-receipt = Pobierz podpisane potwierdzenie
page-data-cleared = Historia wyczyszczona ostatnio: { $time }

## Page: is this my bank?

page-bank-title = Czy to mój bank?
page-bank-intro = Porównaj te słowa ze słowami na czacie. Jeśli są takie same, rozmawiasz z { $bank }.
page-bank-no-chat = Nie masz połączonego czatu.
page-bank-receipt = Sprawdź wiadomość
page-bank-receipt-hint = Wpisz numer potwierdzenia, który stoi pod nią.
page-bank-genuine = Prawdziwa: wysłał ją { $bank }, { $time }.
page-bank-unknown = { $bank } nie wysłał Ci wiadomości z tym numerem. Jeśli taką masz, nie odpowiadaj; zadzwoń: { $phone }.

## Page: STOP ALL

page-stop-all-title = ZATRZYMAJ WSZYSTKO
page-stop-all-intro = Cofa wszystkie zgody naraz: każdy czat, każda aplikacja. Nic więcej nie wyjdzie z banku, dopóki znów nie pozwolisz.
page-stop-all-button = Zatrzymaj wszystko teraz
page-stop-all-done = Wszystko zatrzymane.

## Errors on pages

error-title = Nie udało się
error-summary = Wystąpił problem
error-link-expired = Ten link wygasł albo został już użyty. Poproś o nowy na czacie.
error-wrong-origin = To żądanie nie przyszło ze strony { $bank }, więc nic nie zrobiono. Otwórz stronę ponownie i spróbuj jeszcze raz.
error-session-ended = Dla bezpieczeństwa Cię wylogowano. Zaloguj się ponownie; nic nie przepadło.
error-form-stale = Ta strona była otwarta zbyt długo. Wczytaj ją ponownie; nic nie zmieniono.
error-already-done = To już zrobiono; nic nie zrobiono dwa razy.
error-too-many = To było zbyt często. Odczekaj { $minutes ->
    [one] minutę
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
}.
error-not-found = Pod tym adresem nic nie ma.
error-not-yours = To nie należy do Ciebie.
error-server = Coś się zepsuło po naszej stronie. Nic nie zmieniono. Spróbuj za chwilę.
error-too-large = To więcej, niż ta strona przyjmie.
error-bad-input = Sprawdź pole „{ $field }”.
error-suspended = { $bank } to wstrzymuje. Spróbuj później.
