### Latvian. The same messages in the same order as in en.ftl.

## Chat: meeting

chat-greeting = Sveiki, { $name }! Jautājiet par atlikumu, tēriņiem vai to, kas gaidāms.
chat-greeting-nameless = Sveiki! Jautājiet par atlikumu, tēriņiem vai to, kas gaidāms.
chat-greeting-stranger = Sveiki! Esmu { $bank } palīgs. Lai šeit redzētu savus kontus, vispirms piesaistiet šo tērzēšanu.
chat-welcome-back = Prieks jūs atkal redzēt, { $name }. Ko vēlaties uzzināt?
chat-thanks = Lūdzu!
chat-goodbye = Uz tikšanos!
chat-smalltalk = Esmu { $bank } palīgs, datorprogramma. Man padodas atlikumi, maksājumi un tēriņi; sarunas ne tik ļoti.
chat-abuse = Man žēl, ka tas jūs kaitina. Vai vēlaties runāt ar cilvēku?
chat-help = Lūk, ko es varu:
chat-help-balances = Atlikums: “Cik man ir kontā?”
chat-help-transactions = Maksājumi: “Ko es pirku Rimi pagājušajā mēnesī?”
chat-help-spending = Tēriņi: “Kur palika nauda martā?”
chat-help-recurring = Kas atkārtojas un kas gaidāms: “Kad jāmaksā īre?”
chat-help-enough = Ātri jautājumi: “Vai man pietiks 200?”
chat-help-privacy = Jūsu dati: “Kas ir kopīgots?”, “Kas to redz?”, “Pārtraukt kopīgošanu”, “APTURĒT VISU”
chat-help-human = Cilvēks: “Runāt ar cilvēku”
chat-unknown = Nesapratu. Varu parādīt atlikumu, maksājumus un tēriņus vai pasaukt cilvēku.
chat-unknown-again = Joprojām nesaprotu. Mēģiniet “atlikums” vai “pēdējie pieci maksājumi”, vai sakiet “cilvēks”, lai sasniegtu { $bank }.
chat-ambiguous = Vai domājāt kādu no šiem?
chat-which-account = Kurš konts?
chat-which-amount = Kādu summu domājat?
chat-nothing-before = Nezinu, uz ko tas attiecas. Vai varat uzdot visu jautājumu?
chat-yes = Jā
chat-no = Nē
chat-cancelled = Labi, atstāju, kā bija.
chat-language-switched = Labi, turpmāk rakstīšu latviski.
chat-language-which = Kuru valodu vēlaties?

## Chat: choices that one tap gives

choice-balance = Atlikums
choice-payments = Pēdējie maksājumi
choice-spending = Šī mēneša tēriņi
choice-recurring = Abonementi
choice-upcoming = Kas gaidāms
choice-shared = Kas ir kopīgots?
choice-stop = Pārtraukt kopīgošanu
choice-stop-all = APTURĒT VISU
choice-person = Runāt ar cilvēku
choice-help = Palīdzība
choice-more = Rādīt vēl
choice-last-month = Un pagājušajā mēnesī?
choice-link = Piesaistīt šo tērzēšanu
choice-number = Konta numurs
choice-dispute = Neatpazīstu maksājumu

## Chat: linking and consent

chat-not-linked = Vēl nezinu, kas jūs esat. Piesaistiet šo tērzēšanu savam kontam { $bank }; vajadzīga minūte un jūsu piekļuves atslēga.
chat-link-label = Piesaistīt šo tērzēšanu
chat-link-words = Bankas lapā jābūt tiem pašiem vārdiem: { $phrase }
chat-linked = Piesaistīts. Sveiki, { $name }! Ja { $bank } lapā redzami vārdi “{ $phrase }”, jūs runājat ar īsto banku.
chat-already-linked = Šī tērzēšana jau ir piesaistīta jums, { $name }.
chat-already-linked-nameless = Šī tērzēšana jau ir piesaistīta jums.
chat-unlinked = Gatavs: šī tērzēšana vairs nav jums piesaistīta, un šeit nekas netiek kopīgots.
chat-consent-needed = Pirms šeit rādu datus ({ $what }), man vajadzīga jūsu atļauja. Jūs izvēlaties, ko un cik ilgi, un jebkurā brīdī varat to atsaukt.
chat-consent-label = Apskatīt un izlemt
chat-consent-granted = Paldies. { $party } līdz { $until } var redzēt: { $what }. Rakstiet “pārtraukt kopīgošanu”, lai to atsauktu.
chat-consent-granted-once = Paldies. { $party } šo vienu reizi var redzēt: { $what }.
chat-consent-refused = Labi, nekas netiek kopīgots. Jūs jebkurā brīdī varat pārdomāt.
chat-consent-list = Jums ir { $count ->
    [zero] { $count } atļaujas
    [one] { $count } atļauja
   *[other] { $count } atļaujas
}. Šeit tās var apskatīt, sašaurināt vai izbeigt:
chat-consent-none = Jūs neesat devuši nevienu atļauju: nekas netiek kopīgots.
chat-consent-expires = Jūsu atļauja ({ $party }) beidzas { $until }.
chat-consent-why = { $party } to vajag tikai vienam mērķim: { $purpose }. Reklāma, profilēšana, tālākpārdošana un apmācība ir izslēgta.
chat-consent-paused = Apturēts. { $party } neko neredz, kamēr jūs neatsākat.
chat-consent-resumed = { $party } līdz { $until } atkal var redzēt: { $what }.
chat-consent-renew-label = Pagarināt
chat-consent-manage-label = Jūsu atļaujas

## Chat: balances

chat-balances-intro = Jūsu līdzekļi plkst. { $time }:
chat-balances-row = { $account }: { $amount }
chat-balances-total = Kopā: { $amount }
chat-balance-one = { $account }: { $amount } plkst. { $time }.
chat-balance-available = Pieejams: { $amount }
chat-balance-rounded = { $account }: aptuveni { $amount }.
chat-balance-none = Neatradu jūsu kontu, kas atbilstu.

## Chat: when the channel may not show it

chat-withheld = Sīkāk skatiet bankas pašas skatā. { $party }, kas uztur šo tērzēšanu, šeit to varētu izlasīt.
chat-withheld-spoken = To es skaļi neteikšu. Tas ir bankas pašas skatā, tikai jūsu acīm.
chat-withheld-label = Atvērt bankas skatu
chat-withheld-once = Saite der vienu reizi, un vajadzīga jūsu piekļuves atslēga.

## Chat: payments and spending

chat-transactions-intro = { $count ->
    [zero] { $count } maksājumu
    [one] { $count } maksājums
   *[other] { $count } maksājumi
}, { $period }:
chat-transactions-latest = { $count ->
    [zero] Jūsu pēdējie { $count } maksājumi:
    [one] Jūsu pēdējais { $count } maksājums:
   *[other] Jūsu pēdējie { $count } maksājumi:
}
chat-transactions-filtered = { $count ->
    [zero] { $count } maksājumu
    [one] { $count } maksājums
   *[other] { $count } maksājumi
} ({ $filter }), { $period }:
chat-transactions-more = Ir vēl { $count ->
    [zero] { $count } maksājumu
    [one] { $count } maksājums
   *[other] { $count } maksājumi
}. Rakstiet “rādīt vēl”.
chat-transactions-none = Maksājumu nav, { $period }.
chat-transactions-none-filtered = Maksājumu nav ({ $filter }), { $period }.
chat-transactions-largest = Lielākais: { $amount }, { $merchant }, { $date }.
chat-transactions-smallest = Mazākais: { $amount }, { $merchant }, { $date }.
chat-transactions-sum = Izgājis: { $spent }. Saņemts: { $received }.
chat-transactions-pending = apstrādē
chat-spending-intro = Jūsu tēriņi, { $period }:
chat-spending-by-month = Jūsu tēriņi pa mēnešiem:
chat-spending-total = Kopā { $amount }, { $period }.
chat-spending-one = { $what }: { $amount }, { $period }.
chat-spending-none = Nekas nav iztērēts, { $period }.
chat-spending-more = Par { $amount } vairāk nekā { $period }.
chat-spending-less = Par { $amount } mazāk nekā { $period }.
chat-spending-same = Apmēram tikpat, cik { $period }.
period-recent = pēdējās 90 dienās
chat-chart-title = Tēriņi, { $period }

## Chat: what repeats and comes next

chat-recurring-intro = { $count ->
    [zero] Atkārtojas { $count } maksājumu:
    [one] Atkārtojas { $count } maksājums:
   *[other] Atkārtojas { $count } maksājumi:
}
chat-recurring-row = { $name }: { $amount }, { $rhythm }
chat-recurring-next = Nākamais: { $date }
chat-recurring-none = Neredzu nekā, kas atkārtojas.
chat-recurring-monthly = Kopā ap { $amount } mēnesī.
chat-upcoming-salary = Alga parasti pienāk ap { $date }: aptuveni { $amount }.
chat-upcoming-rent = Īre jāmaksā ap { $date }: { $amount }.
chat-upcoming-bill = { $name } jāmaksā ap { $date }: { $amount }.
chat-upcoming-intro = Kas gaidāms:
chat-upcoming-none = Neredzu nekā gaidāma.
chat-upcoming-unsure = Vēl neredzu likumsakarību, tāpēc labāk neminēšu.

## Chat: account number, quick checks

chat-number = Konta numurs redzams tikai bankas pašas skatā, nekad tērzēšanā.
chat-numbers-intro = Šie ir jūsu kontu numuri { $bank }. Dodiet tos tikai tiem, kas jums maksās.
chat-number-label = Rādīt konta numuru
chat-enough-yes = Jā, { $amount } pietiks.
chat-enough-no = Nē, { $amount } šobrīd nepietiek.
chat-enough-how-much = Kam? Nosauciet summu.
chat-enough-bill-unknown = Nezinu, cik maksā “{ $name }”. Nosauciet summu.

## Chat: taking back, and asking who sees

chat-stop-done = Gatavs. { $party } no šī brīža vairs neko neredz.
chat-stop-done-count = Gatavs. { $count ->
    [zero] Izbeigtas { $count } atļaujas
    [one] Izbeigta { $count } atļauja
   *[other] Izbeigtas { $count } atļaujas
}; šeit vairs nekas netiek kopīgots.
chat-stop-nothing = Šeit nekas netiek kopīgots, tāpēc nav ko pārtraukt.
chat-stop-all-done = Viss ir apturēts: { $count ->
    [zero] izbeigtas { $count } atļaujas
    [one] izbeigta { $count } atļauja
   *[other] izbeigtas { $count } atļaujas
}, visās tērzēšanās un lietotnēs. Tas ir spēkā no šī brīža.
chat-stop-all-nothing = Nebija ko apturēt: nevienai tērzēšanai vai lietotnei nav jūsu atļaujas.
chat-shared-intro = Pēdējās 30 dienās { $count ->
    [zero] kopīgots { $count } reižu
    [one] kopīgots { $count } reizi
   *[other] kopīgots { $count } reizes
}:
chat-shared-row = { $party }: { $count ->
    [zero] { $count } reižu
    [one] { $count } reize
   *[other] { $count } reizes
}
chat-shared-none = Pēdējās 30 dienās nekas nav kopīgots.
chat-shared-label = Skatīt katru ierakstu
chat-sees-bank-owned = Tikai jūs un { $bank }. Šī ir bankas pašas tērzēšana; starpā neviena nav.
chat-sees-end-to-end = Jūs un { $bank }. { $party } ziņas pārsūta šifrētas un nevar izlasīt; zina tikai to, ka un kad rakstāt.
chat-sees-spoken = Jūs, { $bank }, { $party }, kas uztur balss pakalpojumu, un ikviens, kas dzird. Tāpēc skaļi saku maz.
chat-sees-platform = Jūs, { $bank } un { $party }, kas šeit var visu izlasīt. Tāpēc skaitļu vietā sūtu saites uz bankas skatu.
chat-clear-history = Vēsturi var dzēst bankas lapā. Tur redzēsiet, kas pazūd un kas bankai pēc likuma jāglabā.
chat-clear-history-label = Dzēst vēsturi
chat-my-data = Visu, ko banka šeit par jums glabā, varat lejupielādēt tās lapā.
chat-my-data-label = Mani dati
chat-is-this-my-bank = Šī ir { $bank }. Drošībai paši atveriet bankas lapu: tajā jābūt vārdiem “{ $phrase }”.
chat-is-this-my-bank-label = Pārbaudīt bankas lapā
chat-is-this-my-bank-stranger = Šī tērzēšana vēl nav piesaistīta, tāpēc nav vārdu, ko salīdzināt. Drošībai piesaistiet to no bankas lapas.

## Chat: people, and what can’t be done here yet

chat-human-queued = Jūsu lūgums ir pierakstīts. Šobrīd neviens no { $bank } šajā tērzēšanā neatbild; ja vajag tūlīt, zvaniet { $phone }.
chat-human-already = Jūsu lūgums jau ir pierakstīts. Ja vajag tūlīt, zvaniet { $phone }.
chat-freeze-unavailable = Šeit vēl nevaru bloķēt kartes. Lūdzu, zvaniet tūlīt { $phone }; atbild dienu un nakti.
chat-payment-unavailable = Šeit vēl nevaru sūtīt naudu. Izmantojiet { $bank } lietotni vai zvaniet { $phone }.
chat-limit-unavailable = Šeit vēl nevaru iestatīt tēriņu limitus. { $bank } var: { $phone }.
chat-offers-none = Man nav piedāvājumu, un nerādu nevienu, ja neesat to lūguši bankas lapā.
chat-dispute = Ja maksājums nav jūsu, tūlīt zvaniet { $phone } un lūdziet bloķēt karti. Jūsu ziņojums ir pierakstīts.
chat-cards-unavailable = Šeit vēl nevaru mainīt karšu iestatījumus. { $bank } var: { $phone }.

## Chat: what goes wrong

chat-secret-card = Tas izskatījās pēc kartes numura. Es to nesaglabāju. Nekad nesūtiet to tērzēšanā: banka to neprasīs.
chat-secret-pin = Tas izskatījās pēc PIN vai drošības koda. Es to nesaglabāju. Neviens no { $bank } to nekad neprasīs.
chat-secret-code = Tas izskatījās pēc vienreizēja koda. Es to nesaglabāju. Ja kāds to prasīja, tā ir krāpšana: zvaniet { $phone }.
chat-secret-removed = [izņemts]
chat-too-long = Šī ziņa ir par garu. Lūdzu, ne vairāk kā { $limit } zīmes.
chat-attachment = Attēlus un failus nevaru pieņemt. Lūdzu, uzrakstiet vārdiem.
chat-rate-limited = Tas bija daudz uzreiz. Lūdzu, pagaidiet { $minutes ->
    [zero] { $minutes } minūšu
    [one] { $minutes } minūti
   *[other] { $minutes } minūtes
} un mēģiniet vēlreiz.
chat-error = Mūsu pusē kaut kas nogāja greizi. Nekas nav mainīts un nekas nav kopīgots. Mēģiniet pēc brīža.
chat-bank-unreachable = Bankas sistēma šobrīd neatbild. Mēģiniet pēc dažām minūtēm.
chat-suspended = { $bank } šo pakalpojumu šeit ir apturējusi. Steidzamā gadījumā zvaniet { $phone }.
chat-receipt = Apliecinājums { $number }

## Chat: on other channels

channel-numbered = Atbildiet ar skaitli:
channel-row = { $label }: { $value }
channel-row-hint = { $label }: { $value } ({ $hint })
channel-media = Šeit varu lasīt tikai tekstu. Lūdzu, uzrakstiet, kas nepieciešams.
channel-left = Šeit vairs nesaņemsiet ziņas no { $bank }. Rakstiet START, lai sāktu no jauna.
channel-waiting = { $bank } jums ir ziņa. Atbildiet šeit, lai to izlasītu.
channel-elsewhere = Pārējo nosūtīju uz jūsu tālruni.
channel-moved = Jūsu konts šajā pakalpojumā ir mainījies, tāpēc šajā čatā vairs neko neizpaužu. Lūdzu, piesaistiet to vēlreiz.
channel-hello = sveiki
channel-yes = jā
channel-no = nē
channel-hold-on = Vienu mirkli.
channel-late = Atbilde vēl nav gatava. Pēc brīža pajautājiet vēlreiz vai skatiet { $bank } lapā.
channel-earlier = Iepriekš: { $words }
channel-again = Ko vēl vēlaties uzzināt?
channel-aside = Vairāk ir { $bank } lapā, tikai jūsu acīm.
channel-own-page = To atradīsiet { $bank } lapā.
channel-withheld = Atbildi e-pastā nerādu, jo tur to varētu izlasīt daudzi. Tikai jūs varat to atvērt bankas pašas lapā.
channel-asked-elsewhere = To jūs prasījāt citā kanālā.
channel-about = apmēram { $amount }
channel-minus = mīnus { $amount }
channel-account = { $name }, beigu cipari { $tail }
chat-code-ask = Lai to piesaistītu, pierakstieties { $bank } lapā, izvēlieties “Piesaistīt ar kodu” un pasakiet man kodu šeit.
chat-code-said = Kods ir saņemts. Tagad { $bank } lapā izvēlieties šos vārdus: { $phrase }. Ja kodu tur neprasījāt jūs pats, nesakiet šos vārdus nevienam.
chat-code-wrong = Šis kods šeit neko neatver. Jaunu saņemsiet { $bank } lapā. Pēc vairākiem nepareiziem kodiem stundu tos vairs neklausos.

## Why something was refused

refusal-not-yet-given = Jūs to vēl neesat atļāvuši.
refusal-rejected = Jūs atteicāt, tāpēc nekas netiek kopīgots.
refusal-revoked = Jūs izbeidzāt šo atļauju.
refusal-expired = Jūsu atļauja ir beigusies.
refusal-consumed = Jūsu atļauja bija vienai reizei un ir izmantota.
refusal-paused = Jūsu atļauja ir apturēta.
refusal-other-party = Jūsu atļauja ir dota citam.
refusal-other-purpose = Jūsu atļauja ir citam mērķim.
refusal-out-of-scope = Jūsu atļauja neietver šāda veida datus.
refusal-other-account = Jūsu atļauja neietver šo kontu.
refusal-customer-absent = To kopīgojam tikai tad, kad esat klāt.
refusal-too-long-ago = Jūsu atļauja nesniedzas tik tālu pagātnē.
refusal-policy = { $bank } noteikumi to šeit neļauj.
refusal-how-to-fix = To var mainīt bankas lapā.

## Permissions about to run out

expiry-soon = Jūsu atļauja ({ $party }) beidzas pēc { $days ->
    [zero] { $days } dienām
    [one] { $days } dienas
   *[other] { $days } dienām
}, { $date }. Ja vēl vajag, pagariniet; ja ne, nedariet neko.
expiry-today = Jūsu atļauja ({ $party }) beidzas šodien. Pēc tam nekas vairs nebūs redzams.
expiry-over = Jūsu atļauja ({ $party }) ir beigusies. Nekas vairs nav redzams.

## Names: kinds of data

cluster-accounts = kādi konti jums ir
cluster-balances = jūsu atlikumi
cluster-transactions = jūsu maksājumi un to summas
cluster-recurring = kas atkārtojas un kas gaidāms
cluster-account-numbers = jūsu kontu numuri
cluster-cards = jūsu kartes un tas, vai tās darbojas

## Names: how much is shown

level-answer = Jā vai nē
level-answer-hint = Tikai atbilde uz jautājumu, piemēram, “vai pietiks?”
level-summary = Noapaļoti
level-summary-hint = Noapaļoti skaitļi un kopsummas
level-masked = Summas
level-masked-hint = Summas un datumi; bez tirgotājiem un kontu numuriem
level-detail = Viss
level-detail-hint = Viss, ko redzat jūs
level-link = Tikai saite uz bankas pašas skatu
level-none = Neko

## Names: purposes, each with one sentence why

purpose-account-information = rādīt jums jūsu kontus
purpose-account-information-why = Lai jūs šeit varētu jautāt par atlikumiem un maksājumiem.
purpose-fraud-alerts = brīdināt jūs par krāpšanu
purpose-fraud-alerts-why = Lai jūs uzreiz zinātu, ja kaut kas nav kārtībā.
purpose-support = atbildēt uz jūsu jautājumiem
purpose-support-why = Lai tas, kas palīdz, redzētu, par ko jautājat.
purpose-account-management = pārvaldīt jūsu kontu
purpose-account-management-why = Lai jūs varētu mainīt iestatījumus, piemēram, bloķēt karti.
purpose-payments = sūtīt un lūgt naudu
purpose-payments-why = Lai jūs no šejienes varētu maksāt citiem.
purpose-orders = pasūtīt veikalos
purpose-orders-why = Lai jūs varētu pirkt, neatdodot kartes datus.
purpose-offers = jūsu bankas piedāvājumi
purpose-offers-why = Tikai tad, ja vēlaties. Nekas cits no tā nav atkarīgs.

## Names: categories

category-salary = Alga
category-income = Citi ienākumi
category-housing = Īre un hipotēka
category-utilities = Komunālie maksājumi
category-groceries = Pārtika
category-eating-out = Ēšana ārpus mājas
category-transport = Transports
category-travel = Ceļojumi
category-shopping = Iepirkšanās
category-subscriptions = Abonementi
category-health = Veselība
category-leisure = Brīvais laiks
category-education = Izglītība
category-insurance = Apdrošināšana
category-cash = Skaidra nauda
category-transfer = Pārskaitījumi
category-fees = Komisijas
category-refund = Atmaksas
category-other = Cits

## Names: accounts, cards, rhythms

account-checking = Norēķinu konts
account-savings = Krājkonts
account-credit-card = Kredītkarte
account-named = { $name } ••{ $tail }
card-active = Aktīva
card-frozen = Bloķēta
card-closed = Slēgta
rhythm-weekly = katru nedēļu
rhythm-fortnightly = ik pēc divām nedēļām
rhythm-monthly = katru mēnesi
rhythm-quarterly = ik pēc trim mēnešiem
rhythm-yearly = katru gadu

## Names: fields, as the log names them

field-answer = jā vai nē
field-account-name = konta nosaukums
field-account-tail = konta pēdējie cipari
field-account-number = konta numurs
field-balance-rounded = noapaļots atlikums
field-balance-amount = atlikums
field-balance-available = pieejamie līdzekļi
field-transaction-sum = maksājumu summas
field-transaction-amount = summas un datumi
field-transaction-category = kategorijas
field-transaction-merchant = kam maksāts
field-transaction-memo = piezīmes un vietas
field-recurring-amount = summas, kas atkārtojas
field-recurring-counterparty = kam maksāts regulāri
field-card-state = kartes un tas, vai tās darbojas

## Names: states of a permission, and who can read along

state-awaiting = Gaida jūs
state-authorised = Aktīva
state-paused = Apturēta
state-rejected = Atteikta
state-revoked = Izbeigta
state-expired = Beigusies
state-consumed = Izmantota
ceiling-bank-owned = Bankas pašas kanāls: neviens cits nelasa
ceiling-end-to-end = Pilnīgi šifrēts: uzturētājs nevar izlasīt
ceiling-spoken = Balsī: citi var dzirdēt
ceiling-platform = Uzturētājs var izlasīt
ceiling-assistant = Jūsu MI asistents: tā uzturētājs var izlasīt, kas tam teikts

## Dates and times

date-today = šodien
date-yesterday = vakar
date-tomorrow = rīt
date-range = no { $from } līdz { $to }
date-in-month = { $month }
date-all-time = visā laikā
date-since = kopš { $date }
date-until = līdz { $date }
date-on = { $date }
date-days-left = { $days ->
    [zero] atlikušas { $days } dienas
    [one] atlikusi { $days } diena
   *[other] atlikušas { $days } dienas
}
date-minutes-ago = { $minutes ->
    [zero] pirms { $minutes } minūtēm
    [one] pirms { $minutes } minūtes
   *[other] pirms { $minutes } minūtēm
}
date-hours-ago = { $hours ->
    [zero] pirms { $hours } stundām
    [one] pirms { $hours } stundas
   *[other] pirms { $hours } stundām
}
date-days-ago = { $days ->
    [zero] pirms { $days } dienām
    [one] pirms { $days } dienas
   *[other] pirms { $days } dienām
}
date-just-now = tikko
date-never = nekad

## Navigation and buttons

nav-home = Sākums
nav-accounts = Konti
nav-chat = Tērzēšana
nav-connections = Atļaujas
nav-log = Kas ko redzēja
nav-data = Mani dati
nav-stop-all = APTURĒT VISU
nav-sign-out = Iziet
nav-passkeys = Piekļuves atslēgas
nav-language = Valoda
nav-skip = Uz saturu
nav-main = Galvenā navigācija
nav-theme = Gaišs vai tumšs
button-allow = Atļaut
button-allow-less = Atļaut mazāk
button-refuse = Atteikt
button-continue = Turpināt
button-back = Atpakaļ
button-cancel = Atcelt
button-confirm = Apstiprināt
button-save = Saglabāt
button-send = Sūtīt
button-search = Meklēt
button-clear-filter = Rādīt visu
button-pause = Apturēt
button-resume = Atsākt
button-narrow = Atļaut mazāk
button-renew = Pagarināt
button-revoke = Izbeigt
button-verify = Pārbaudīt
button-download = Lejupielādēt
button-copy = Kopēt
button-copied = Nokopēts
button-try-again = Mēģināt vēlreiz
button-close = Aizvērt
button-change = Mainīt
button-unlink = Atvienot
button-check = Pārbaudīt

## Page: the chat

page-chat-title = Tērzēšana ar { $bank }
page-chat-input = Rakstiet ziņu
page-chat-empty = Sasveicinieties vai jautājiet par atlikumu.
page-chat-typing = { $bank } raksta
page-chat-sent = Nosūtīts
page-chat-delivered = Piegādāts
page-chat-read = Izlasīts
page-chat-failed = Nav nosūtīts
page-chat-reconnecting = Savienojas vēlreiz…
page-chat-you = Jūs
page-chat-sending = Tiek sūtīts
page-chat-newer = Jaunas ziņas
page-chat-earlier = Agrākas ziņas
page-chat-quick = Ieteiktās atbildes
page-chat-check = Pārbaudīt, vai ir atbilde
page-chat-from-you = No jums
page-chat-to-you = Jums
page-chat-nothing-passed = Vēl nekas nav gājis cauri.
page-chat-unread = { $count ->
    [zero] { $count } jaunu ziņu
    [one] { $count } jauna ziņa
   *[other] { $count } jaunas ziņas
}
page-chat-platform-sees = Ko redz platforma
page-chat-platform-note = Šī tērzēšana darbojas tā, it kā { $party } to varētu lasīt. Pa labi ir tieši tas, ko tā redzētu.

## Page: the chat on a site of the bank

page-widget-unavailable = Šajā lapā tērzēšanu nevar parādīt.
page-widget-open = Atvērt to jaunā cilnē
page-widget-forgotten = Šī pārlūkprogramma neļauj tērzēšanai palikt šajā lapā.
page-sample-title = { $bank } vietnes lapa
page-sample-lead = Tā attēlo bankas vietni, un tās izcelsme atšķiras no tērzēšanas. Tērzēšanu šeit ievieto viens skripta tags: nospiediet pogu stūrī.
page-sample-learns = Ko uzzina šī lapa
page-sample-nothing = Cik ziņu ir jaunu un vai tērzēšana ir atvērta. Neko citu: tērzēšana darbojas bankas pašas ietvarā.
page-sample-tag = Kas to šeit ievieto

## Page: sign in and passkeys

page-sign-in-title = Pieslēgties { $bank }
page-sign-in-intro = Izmantojiet piekļuves atslēgu: pirksta nospiedumu, seju vai ierīces PIN. Nav paroles, ko aizmirst vai nozagt.
page-sign-in-button = Pieslēgties ar piekļuves atslēgu
page-sign-in-demo = Pieslēgties kā { $name } (demo)
page-sign-in-demo-note = Tikai demo: ierīcēm bez piekļuves atslēgas. Īsta banka to nekad nerāda.
page-sign-in-failed = Neizdevās. Mēģiniet vēlreiz vai izmantojiet citu ierīci, kurā ir jūsu piekļuves atslēga.
page-sign-in-no-support = Šis pārlūks neatbalsta piekļuves atslēgas. Mēģiniet jaunāku vai tālrunī.
page-passkey-add-title = Izveidot piekļuves atslēgu
page-passkey-add-intro = Tā paliek jūsu ierīcē. Banka nekad neredz jūsu pirksta nospiedumu vai seju.
page-passkey-add-button = Izveidot piekļuves atslēgu
page-passkey-confirm = Lūdzu, ar piekļuves atslēgu apstipriniet, ka tas esat jūs.
page-passkeys-title = Jūsu piekļuves atslēgas
page-passkeys-intro = Ar piekļuves atslēgu jūs pieslēdzaties un apstiprināt svarīgo. Turiet divas, dažādās ierīcēs.
page-passkeys-none = Jums vēl nav piekļuves atslēgas.
page-passkey-name = Tās nosaukums
page-passkey-name-hint = Piemēram, “mans tālrunis”, lai to pazītu.
page-passkey-unnamed = Piekļuves atslēga
page-passkey-added = Pievienota { $date }
page-passkey-used = pēdējoreiz lietota { $date }
page-passkey-remove = Noņemt
page-passkey-last = Šī ir jūsu vienīgā piekļuves atslēga. Pirms noņemat, pievienojiet citu.
page-passkey-cancelled = Nekas nav darīts. Mēģiniet vēlreiz, kad esat gatavi.
page-passkey-failed = Šī piekļuves atslēga netika pieņemta. Nekas nav mainīts; mēģiniet vēlreiz.
page-invite-title = Sagatavojiet pieslēgšanos: { $bank }
page-invite-intro = Piekļuves atslēga aizstāj paroli: tā paliek jūsu tālrunī vai datorā, un to atbloķē tikai jūsu pirksta nospiedums, seja vai ierīces PIN.
page-invite-once = Šī saite darbojas vienreiz un neilgi. Nesūtiet to tālāk: kas to atver, var pieslēgties jūsu vietā.
page-invite-closed-title = Šī saite vairs neatveras
page-invite-used = Tā jau ir izmantota. Ja to izdarījāt jūs, pieslēdzieties ar piekļuves atslēgu. Ja ne, tūlīt zvaniet { $bank }: { $phone }.
page-invite-ran-out = Tā bija derīga tikai īsu laiku. Zvaniet { $bank } un lūdziet jaunu: { $phone }.
page-invite-unknown = Mēs nepazīstam šo saiti. Pārbaudiet, vai atvērāt to visu, vai zvaniet { $bank } un lūdziet jaunu: { $phone }.
page-confirm-title = Vai tas esat jūs?
page-confirm-button = Apstiprināt ar piekļuves atslēgu
page-confirm-demo = Apstiprināt kā { $name } (demonstrācija)
page-signed-out = Jūs esat izgājuši.

## Page: home and the secure view

page-front-lead = Banka jebkurā čatā, un dati paliek bankas pusē. Izvēlieties banku.
page-home-title = Sveiki, { $name }
page-home-intro = Jūsu konti un tie, kas tos drīkst redzēt.
page-home-sees = { $count ->
    [zero] Spēkā { $count } atļauju: skatiet, kas drīkst redzēt
    [one] Spēkā { $count } atļauja: skatiet, kas drīkst redzēt
   *[other] Spēkā { $count } atļaujas: skatiet, kas drīkst redzēt
}
page-home-all = Skatīt visu
page-secure-title = Tikai jūsu acīm
page-secure-note = Jūs esat { $bank } pašas lapā. { $party } to neredz.
page-secure-expires = Šis skats aizvērsies pēc { $minutes ->
    [zero] { $minutes } minūtēm
    [one] { $minutes } minūtes
   *[other] { $minutes } minūtēm
}.
page-number-iban = IBAN
page-number-bic = BIC
page-number-routing = Maršruta numurs
page-number-account = Konta numurs
page-number-sort-code = Filiāles kods

## Page: link a chat

page-link-title = Piesaistīt šo tērzēšanu
page-link-intro = Jūs gatavojaties piesaistīt savam kontam tērzēšanu ({ $party }). Tā neko neredz, kamēr jūs neatļaujat.
page-link-phrase = Salīdziniet šos vārdus ar vārdiem tērzēšanā:
page-link-phrase-warning = Ja tie atšķiras, apstājieties: kāds, iespējams, uzdodas par { $bank }.
page-link-button = Sakrīt: piesaistīt tērzēšanu
page-link-refuse = Nesakrīt
page-link-done = Piesaistīts. Varat atgriezties tērzēšanā.
page-link-refused = Nav piesaistīts. Paldies, ka pārbaudījāt.
page-link-back = Atpakaļ uz tērzēšanu
page-link-return = Varat aizvērt šo cilni un turpināt savā tērzēšanā.
page-link-allowed = Atļauts. Tas ir spēkā no šī brīža.
page-link-foreign = Šī saite ir domāta citam. Ja tā ir jūsu, pieslēdzieties kā tas, kurš to lūdza; ja nav, lūdziet jaunu savā tērzēšanā.
page-code-title = Piesaistīt ar kodu
page-code-intro = Balss palīgiem un visur, kur saiti nevar atvērt. Šeit saņemat kodu, tur to pasakāt vai ierakstāt.
page-code-channel = Kur vēlaties izmantot banku?
page-code-make = Saņemt kodu
page-code-again = Saņemt jaunu kodu
page-code-yours = Jūsu kods: { $party }
page-code-how = Pasakiet vai ierakstiet to { $party }. Tas der vienreiz, desmit minūtes un tikai tur.
page-code-warning = Nesakiet šo kodu nevienam cilvēkam, pat tam, kurš saka, ka ir no { $bank }.
page-code-check = Kodu pateicu
page-code-waiting = Šo kodu vēl neviens nav pateicis.
page-code-choose = Kādus vārdus jums pateica { $party }?
page-code-choose-hint = Uzticieties tikai savai ierīcei. Ja vārdus pateica kāds cilvēks, izvēlieties pēdējo atbildi: viņš grib tikt pie jūsu kontiem.
page-code-none = Neviens no šiem
page-code-confirm = Piesaistīt tērzēšanu
page-code-mismatch = Nav piesaistīts: tie nav tērzēšanas vārdi. Kods vairs neder.
page-code-many = Jūs jau prasījāt vairākus kodus. Mēģiniet vēlreiz pēc stundas.
page-code-nowhere = Vēl nevienu { $bank } tērzēšanu nevar piesaistīt ar kodu.
page-code-consent = Izlemt, ko tā drīkst redzēt

## Connecting an AI assistant

page-assistant-unverified = Lietotne sevi sauc par “{ $party }”. Banka šo nosaukumu nav pārbaudījusi.
page-assistant-host = Jūsu atbilde tiek nosūtīta uz { $host }.
page-assistant-local = Jūsu atbilde tiek nosūtīta lietotnei šajā ierīcē.
page-assistant-back-title = Atpakaļ uz { $party }
page-assistant-back-allowed = Jūs atļāvāt. Vedam jūs atpakaļ uz lietotni.
page-assistant-back-refused = Jūs atteicāt. Nekas netika nodots. Vedam jūs atpakaļ uz lietotni.
page-assistant-back-button = Atpakaļ uz lietotni
page-assistant-over = Šis pieprasījums ir beidzies. Sāciet lietotnē no jauna.
page-assistant-broken = Lietotne, kas jūs šurp atsūtīja, kļūdījās. Nekas netika nodots.

## Page: decide on a permission

page-consent-title = { $party } lūdz jūsu atļauju
page-consent-check-title = Pārbaudiet, pirms atļaujat
page-consent-less-title = Ko drīkst redzēt { $party }?
page-consent-who = Kas
page-consent-why = Kāpēc
page-consent-what = Ko redzētu
page-consent-how-much = Cik daudz
page-consent-levels = Ko nozīmē šīs izvēles
page-consent-accounts = Kuri konti?
page-consent-accounts-hint = Neviens nav izvēlēts jūsu vietā.
page-consent-sample = Tieši tas tagad tiktu nosūtīts:
page-consent-example = Piemēram, par { $account } tagad tiktu nosūtīts:
page-consent-sample-none = Šādi neko no tā nevar nosūtīt.
page-consent-duration = Cik ilgi?
page-consent-once = Tikai vienreiz
page-consent-days = { $days ->
    [zero] Uz { $days } dienām
    [one] Uz { $days } dienu
   *[other] Uz { $days } dienām
}
page-consent-history = Maksājumi par { $days ->
    [zero] pēdējām { $days } dienām
    [one] pēdējo { $days } dienu
   *[other] pēdējām { $days } dienām
}
page-consent-history-title = Cik tālu pagātnē?
page-consent-when = Kad?
page-consent-always = Arī jūsu prombūtnē, piemēram, lai brīdinātu
page-consent-present = Tikai kamēr paši esat tērzēšanā
page-consent-not-shared = Kas nekad netiek kopīgots
page-consent-not-shared-list = Karšu numuri, PIN un kodi; nekas reklāmai, profilēšanai, tālākpārdošanai vai apmācībai.
page-consent-back-out = To jebkurā brīdī var izbeigt ar vienu pieskārienu vai rakstot “pārtraukt kopīgošanu”.
page-consent-choose-account = Izvēlieties vismaz vienu kontu.
page-consent-choose-data = Izvēlieties vismaz vienu datu veidu.
page-consent-lapsed = Šis lūgums ir novecojis. Lūdziet vēlreiz tērzēšanā.
page-consent-decided = Jūs par to jau esat izlēmuši.

## Page: permissions

page-connections-title = Jūsu atļaujas
page-connections-intro = Visi, kas drīkst redzēt kaut ko no jūsu datiem. Jebkuru izbeigsiet ar vienu pieskārienu.
page-connections-none = Neviens neko no jūsu datiem neredz.
page-connections-last = Pēdējoreiz skatīts: { $time }
page-connections-count = { $count ->
    [zero] Skatīts { $count } reižu 30 dienās
    [one] Skatīts { $count } reizi 30 dienās
   *[other] Skatīts { $count } reizes 30 dienās
}
page-connections-expiry = Līdz { $date }
page-connections-ended = Izbeigtās
page-connections-chats = Piesaistītie čati
page-connections-chats-note = Šie čati zina, kas jūs esat. Atvienojot čats tiek iztukšots.
page-connections-revoked = Izbeigts. { $party } vairs neko neredz.
page-connections-paused = Apturēts. { $party } pagaidām neko neredz.
page-connections-resumed = { $party } atkal drīkst skatīties.
page-connections-narrowed = Gatavs. { $party } tagad redz mazāk.
page-connections-renewed = Pagarināts līdz { $date }.
page-connections-renew-note = Viss paliek, kā ir, līdz { $date }.
page-connections-narrow-title = Vai atļaut mazāk? ({ $party })
page-connections-renew-title = Vai atļaut ilgāk? ({ $party })

## Page: the disclosure log

log-title = Kas ko redzēja
log-intro = Visi jūsu dati, kas atstāja banku, aizzīmogoti tā, ka neviens nevar neko nemanīti mainīt vai izņemt.
log-none = Nekas nav atstājis banku.
log-none-found = Nekas neatbilst meklētajam.
log-search = Meklēt
log-filter-party = Kas
log-filter-kind = Ko
log-filter-from = No
log-filter-to = Līdz
log-any = Viss
log-kind-shown = Rādīts vai atteikts
log-kind-allowed = Jūsu atļautais
log-kind-changed = Jūsu mainītais
log-kind-ended = Izbeigts
log-kind-chats = Piesaistītie čati
log-newer = Jaunāki
log-older = Vecāki
log-saw = { $party } redzēja: { $what } ({ $account })
log-saw-general = { $party } redzēja: { $what }
log-saw-nothing = { $party } lūdza: { $what }; tika atteikts
log-saw-answer = { $party } saņēma atbildi: { $what }
log-granted = Jūs atļāvāt ({ $party }): { $what }
log-renewed = Jūs atļāvāt ilgāk ({ $party })
log-narrowed = Jūs atļāvāt mazāk ({ $party })
log-paused = Jūs apturējāt ({ $party })
log-resumed = Jūs atsākāt ({ $party })
log-revoked = Jūs izbeidzāt atļauju ({ $party })
log-revoked-bank = { $bank } izbeidza atļauju ({ $party })
log-expired = Atļauja beidzās ({ $party })
log-outcome = Nosūtīts ({ $party }): { $what }
log-channel-withdrawn = Lūgts izdzēst to, kas bija ({ $party })
log-cleared = Jūs izdzēsāt savu vēsturi
log-agent-view = { $name } no { $bank } apskatīja: { $what }
log-linked = Jūs piesaistījāt čatu ({ $party })
log-unlinked = Čats tika atvienots ({ $party })
log-passkey-added = Jūs izveidojāt piekļuves atslēgu ar ielūgumu no { $bank }
log-passkey-created = Jūs izveidojāt piekļuves atslēgu
log-passkey-removed = Jūs noņēmāt piekļuves atslēgu
log-rejected = Jūs atteicāt ({ $party })
log-consumed = Vienreizējā atļauja izmantota ({ $party })
log-hold = { $bank } noteica vai atcēla juridisku aizturējumu
log-other = { $bank } veica ierakstu
log-tag-refused = Atteikts
log-tag-less = Mazāk nekā prasīts
log-detail-title = Kas tika nosūtīts
log-detail-bytes = Tieši nosūtītie baiti
log-detail-recorded = Tieši tie baiti, kas ierakstīti
log-detail-size = { $count ->
    [zero] { $count } baitu
    [one] { $count } baits
   *[other] { $count } baiti
}
log-detail-withheld = Kas tika izlaists
log-detail-withheld-consent = jo jūs atļāvāt mazāk
log-detail-withheld-channel = jo { $party } to varētu izlasīt
log-detail-withheld-policy = jo { $bank } noteikumi to neļauj
log-detail-withheld-none = Nekas netika izlaists.
log-detail-purpose = Mērķis
log-detail-level = Cik daudz
log-detail-consent = Atļauja
log-detail-receipt = Apliecinājums
log-detail-time = Kad
log-detail-policy = Spēkā esošie bankas noteikumi
log-detail-build = Programma
log-detail-version = { $id }, versija { $number }
log-verify-intro = Pārliecinieties paši, ka šis ieraksts ir žurnālā un nav mainīts.
log-verify-ok = Pārbaudīts: ieraksts ir žurnālā, nemainīts.
log-verify-waiting = Ieraksts ir aizzīmogots; pierādījums būs gatavs pēc brīža.
log-verify-failed = Šis ieraksts nesakrīt ar žurnālu. Lūdzu, ziņojiet { $bank }: { $phone }.
log-step-record = Ieraksts ved pie savas saistības
log-step-body = Nosūtīts tas, ko min ieraksts
log-step-chain = Ieraksts min iepriekšējo
log-step-leaf = Publiskais žurnāls satur tā lapu
log-step-path = Ceļš ved pie parakstītās saknes
log-step-signature = Žurnāla atslēga parakstīja šo sakni
log-step-head = Jaunāko ierakstu karte ietver jūsējo: neviens nav izlaists
log-checked = Pārbaudīts: { $time }
log-path = Ceļš no ieraksta līdz saknei
log-checkpoint = Parakstītais kontrolpunkts
log-verify-yourself = Pārbaudiet savā datorā
log-verify-how = Lejupielādējiet savu žurnālu un palaidiet “bankside verify-log”. Tas nevienam nejautā un prasa tikai bankas publisko atslēgu.
log-export = Lejupielādēt manu žurnālu ar pierādījumiem
log-proof = Pierādījums
log-proof-download = Lejupielādēt pierādījumu
log-proof-position = { $index }. ieraksts no { $size }

## Lapa: ko uzzinājusi katra platforma

page-learnt-title = Ko uzzinājusi katra platforma
page-learnt-intro = Kas parādīts katrā kanālā, kādas tieši ziņas tur nonāca un ko vēl var atsaukt.
page-learnt-none = Nevienai platformai nekas par jums nav nosūtīts.
page-learnt-kinds = Kas tur parādīts
page-learnt-times = { $count ->
    [zero] { $count } reižu
    [one] { $count } reizi
   *[other] { $count } reizes
}
page-learnt-nothing = Tikai vārdi un saites, nekādu jūsu datu.
page-learnt-messages = Ziņas, kas tur nonāca
page-learnt-newest = { $count ->
    [zero] Redzamas { $count } jaunākās ziņas.
    [one] Redzama { $count } jaunākā ziņa.
   *[other] Redzamas { $count } jaunākās ziņas.
}
page-learnt-open = Var atsaukt
page-learnt-until = Var atsaukt līdz: { $time }
page-learnt-asked = Tiek atsaukta
page-learnt-taken = Atsaukta: { $time }
page-learnt-never = Paliek tur: no šī kanāla neko nevar atsaukt
page-learnt-late = Paliek tur: atsaukšanas laiks ir beidzies
page-learnt-unnamed = Paliek tur: operators nedeva veidu, kā to norādīt
page-learnt-refused = Paliek tur: operators atteica
page-learnt-gone = Paliek tur: operators jūs vairs nesasniedz
page-learnt-gave-up = Paliek tur: operators neatbildēja visu dienu
page-learnt-unreadable = Šos vārdus vairs nevar atvērt.
page-learnt-button = Atsaukt visu, ko var
page-learnt-note = Mēs lūdzam operatorus izdzēst šīs ziņas. To, ko kāds nokopējis citur, neviens nevar atsaukt.
page-learnt-done = { $count ->
    [zero] Lūgts: tiek atsauktas { $count } ziņas.
    [one] Lūgts: tiek atsaukta { $count } ziņa.
   *[other] Lūgts: tiek atsauktas { $count } ziņas.
}
page-learnt-done-none = Vairs nav nekā, ko varētu atsaukt.
page-learnt-wishes = Kas no tā iznāca
page-learnt-wish-asked = Jūs lūdzāt { $party } izdzēst, kas tam bija
page-learnt-wish-unlinked = Čats kanālā { $party } tika atsaistīts
page-learnt-wish-cleared = Jūs notīrījāt vēsturi un līdz ar to čatu kanālā { $party }
page-learnt-count-taken = { $count ->
    [zero] atsauktas { $count } ziņas
    [one] atsaukta { $count } ziņa
   *[other] atsauktas { $count } ziņas
}
page-learnt-count-open = { $count ->
    [zero] { $count } procesā
    [one] { $count } procesā
   *[other] { $count } procesā
}
page-learnt-count-kept = { $count ->
    [zero] tur paliek { $count }
    [one] tur paliek { $count }
   *[other] tur paliek { $count }
}

## Page: my data

page-data-title = Mani dati
page-data-intro = Viss, kas šeit par jums glabājas: paņemiet kopiju vai lieciet izdzēst.
page-data-export-title = Paņemt kopiju
page-data-export-json = Viss (JSON)
page-data-export-csv = Kā tabula (CSV)
page-data-clear-title = Dzēst vēsturi
page-data-clear-intro = Jūsu ziņas un tas, kas kopīgots, kļūs nelasāms visiem uz visiem laikiem. To nevar atsaukt.
page-data-clear-goes = Kas pazūd
page-data-clear-goes-list = Jūsu ziņas šeit, žurnāla saturs, piesaistes un atļaujas.
page-data-messages = Ziņas
page-data-entries = Jūsu žurnāla ieraksti
page-data-clear-stays = Kam jāpaliek un kāpēc
page-data-clear-stays-bank = Jūsu konti un maksājumi { $bank }: likums liek bankai glabāt grāmatvedību.
page-data-clear-stays-log = Aizzīmogotais žurnāls bez satura: tas par jums neko nepasaka, un visu pierādījumi paliek derīgi.
page-data-clear-stays-channel = Kopijas ({ $party }): lūdzam izdzēst un rādām jums atbildi.
page-data-clear-stays-hold = Tas, kas likumīgi jāsaglabā, līdz { $date }.
page-data-clear-button = Dzēst manu vēsturi
page-data-clear-done = Jūsu vēsture ir izdzēsta. Šeit ir parakstīts apliecinājums.
page-data-held = Vēsturi pašlaik nevar dzēst: to patur juridisks aizturējums ({ $reason }).
page-data-under-way = Notiek: jūsu vēsturi vairs neviens nevar izlasīt. Parakstītais apliecinājums parādīsies šeit.
page-data-receipt = Lejupielādēt parakstīto apliecinājumu
page-data-cleared = Vēsturi pēdējoreiz dzēsāt: { $time }

## Page: is this my bank?

page-bank-title = Vai šī ir mana banka?
page-bank-intro = Salīdziniet vārdus ar tiem, kas tērzēšanā. Ja tie sakrīt, jūs runājat ar { $bank }.
page-bank-no-chat = Jums nav piesaistītas tērzēšanas.
page-bank-receipt = Pārbaudīt ziņu
page-bank-receipt-hint = Ievadiet apliecinājuma numuru, kas ir zem tās.
page-bank-genuine = Īsta: to nosūtīja { $bank }, { $time }.
page-bank-unknown = { $bank } jums nav sūtījusi ziņu ar šo numuru. Ja tādu saņēmāt, neatbildiet; zvaniet { $phone }.

## Page: STOP ALL

page-stop-all-title = APTURĒT VISU
page-stop-all-intro = Uzreiz izbeidz visas atļaujas: katru tērzēšanu, katru lietotni. Nekas vairs neatstāj banku, kamēr jūs atkal neatļaujat.
page-stop-all-button = Apturēt visu tūlīt
page-stop-all-done = Viss ir apturēts.

## Errors on pages

error-title = Neizdevās
error-summary = Radās problēma
error-link-expired = Šī saite ir novecojusi vai jau izmantota. Lūdziet jaunu tērzēšanā.
error-wrong-origin = Šis pieprasījums nenāca no { $bank } lapas, tāpēc nekas netika izdarīts. Atveriet lapu vēlreiz un mēģiniet no jauna.
error-session-ended = Drošības dēļ jūs esat atslēgti. Pieslēdzieties vēlreiz; nekas nav zudis.
error-form-stale = Šī lapa bija atvērta pārāk ilgi. Ielādējiet to no jauna; nekas nav mainīts.
error-already-done = Tas jau ir izdarīts; divreiz nekas netika darīts.
error-too-many = Tas bija pārāk bieži. Lūdzu, pagaidiet { $minutes ->
    [zero] { $minutes } minūšu
    [one] { $minutes } minūti
   *[other] { $minutes } minūtes
}.
error-not-found = Šajā adresē nekā nav.
error-not-yours = Tas nav jūsu.
error-server = Mūsu pusē kaut kas salūza. Nekas nav mainīts. Mēģiniet pēc brīža.
error-too-large = Tas ir vairāk, nekā šī lapa pieņem.
error-bad-input = Lūdzu, pārbaudiet “{ $field }”.
error-suspended = { $bank } to ir apturējusi. Mēģiniet vēlāk.
