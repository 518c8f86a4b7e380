### Arabic. The same messages in the same order as in en.ftl.

## Chat: meeting

chat-greeting = أهلًا { $name }! اسأل عن رصيدك أو مصروفاتك أو ما هو قادم.
chat-greeting-nameless = أهلًا! اسأل عن رصيدك أو مصروفاتك أو ما هو قادم.
chat-greeting-stranger = أهلًا! أنا مساعد { $bank }. لرؤية حساباتك هنا، اربط هذه المحادثة أولًا.
chat-welcome-back = سعدنا بعودتك يا { $name }. ماذا تود أن تعرف؟
chat-thanks = على الرحب والسعة.
chat-goodbye = مع السلامة!
chat-smalltalk = أنا مساعد { $bank }، برنامج حاسوبي. أجيد الأرصدة والمدفوعات والمصروفات أكثر من الدردشة.
chat-abuse = يؤسفني أن الأمر مزعج. هل تفضل التحدث إلى موظف؟
chat-help = هذا ما أستطيع فعله:
chat-help-balances = الأرصدة: «كم رصيدي؟»
chat-help-transactions = المدفوعات: «ماذا اشتريت من كارفور الشهر الماضي؟»
chat-help-spending = المصروفات: «أين ذهب مالي في مارس؟»
chat-help-recurring = المتكرر والقادم: «متى موعد الإيجار؟»
chat-help-enough = أسئلة سريعة: «هل يكفي رصيدي لمبلغ 200؟»
chat-help-privacy = بياناتك: «ماذا شاركت؟»، «من يرى هذا؟»، «أوقف المشاركة»، «أوقف الكل»
chat-help-human = موظف: «أريد التحدث إلى شخص»
chat-unknown = لم أفهم ذلك. أستطيع عرض الأرصدة والمدفوعات والمصروفات، أو طلب موظف.
chat-unknown-again = ما زلت لا أفهم. جرّب «الرصيد» أو «آخر خمس مدفوعات»، أو قل «موظف» للوصول إلى { $bank }.
chat-ambiguous = هل تقصد أحد هذين؟
chat-which-account = أي حساب؟
chat-which-amount = أي مبلغ تقصد؟
chat-nothing-before = لا أعرف إلى ماذا يشير ذلك. هل يمكن كتابة السؤال كاملًا؟
chat-yes = نعم
chat-no = لا
chat-cancelled = حسنًا، تركت كل شيء كما هو.
chat-language-switched = حسنًا، سأكتب بالعربية من الآن.
chat-language-which = أي لغة تفضل؟

## Chat: choices that one tap gives

choice-balance = الرصيد
choice-payments = آخر المدفوعات
choice-spending = مصروفات هذا الشهر
choice-recurring = الاشتراكات
choice-upcoming = ما هو قادم
choice-shared = ماذا شاركت؟
choice-stop = أوقف المشاركة
choice-stop-all = أوقف الكل
choice-person = التحدث إلى موظف
choice-help = مساعدة
choice-more = عرض المزيد
choice-last-month = والشهر الماضي؟
choice-link = ربط هذه المحادثة
choice-number = رقم الحساب
choice-dispute = دفعة لا أعرفها

## Chat: linking and consent

chat-not-linked = لا أعرف من أنت بعد. اربط هذه المحادثة بحسابك في { $bank }؛ يستغرق ذلك دقيقة ويحتاج إلى مفتاح المرور.
chat-link-label = ربط هذه المحادثة
chat-link-words = يجب أن تعرض صفحة البنك الكلمات نفسها: { $phrase }
chat-linked = تم الربط. أهلًا { $name }! إذا ظهرت في صفحة { $bank } الكلمات «{ $phrase }» فأنت تتحدث إلى البنك الحقيقي.
chat-already-linked = هذه المحادثة مربوطة بك بالفعل يا { $name }.
chat-already-linked-nameless = هذه المحادثة مربوطة بك بالفعل.
chat-unlinked = تم: لم تعد هذه المحادثة مربوطة بك، ولا يُشارك هنا شيء.
chat-consent-needed = قبل أن أعرض هنا { $what } أحتاج إلى إذنك. أنت تختار ماذا ولأي مدة، ويمكنك سحبه في أي وقت.
chat-consent-label = المراجعة والقرار
chat-consent-granted = شكرًا. يمكن لـ { $party } الآن رؤية { $what } حتى { $until }. قل «أوقف المشاركة» لسحب الإذن.
chat-consent-granted-once = شكرًا. يمكن لـ { $party } رؤية { $what } هذه المرة فقط.
chat-consent-refused = حسنًا، لا يُشارك شيء. يمكنك تغيير رأيك في أي وقت.
chat-consent-list = لديك { $count ->
    [zero] { $count } إذن
    [one] إذن واحد
    [two] إذنان
    [few] { $count } أذون
    [many] { $count } إذنًا
   *[other] { $count } إذن
}. يمكنك هنا رؤيتها أو تضييقها أو إنهاؤها:
chat-consent-none = لم تمنح أي إذن: لا يُشارك شيء.
chat-consent-expires = ينتهي إذنك لـ { $party } في { $until }.
chat-consent-why = يحتاج { $party } إليه لغرض واحد فقط: { $purpose }. الإعلانات وبناء الملفات وإعادة البيع والتدريب مستبعدة.
chat-consent-paused = متوقف مؤقتًا. لا يرى { $party } شيئًا حتى تسمح بالاستئناف.
chat-consent-resumed = يمكن لـ { $party } رؤية { $what } من جديد حتى { $until }.
chat-consent-renew-label = تجديد
chat-consent-manage-label = أذوناتك

## Chat: balances

chat-balances-intro = هذا ما لديك، في { $time }:
chat-balances-row = { $account }: { $amount }
chat-balances-total = المجموع: { $amount }
chat-balance-one = { $account }: { $amount }، في { $time }.
chat-balance-available = المتاح: { $amount }
chat-balance-rounded = { $account }: نحو { $amount }.
chat-balance-none = لم أجد حسابًا لك يطابق ذلك.

## Chat: when the channel may not show it

chat-withheld = التفاصيل في صفحة بنكك الخاصة. { $party }، الذي يدير هذه المحادثة، يستطيع قراءتها هنا.
chat-withheld-spoken = لن أقول ذلك بصوت مسموع. هو في صفحة بنكك، لعينيك فقط.
chat-withheld-label = فتح صفحة بنكك
chat-withheld-once = يعمل الرابط مرة واحدة ويحتاج إلى مفتاح المرور.

## Chat: payments and spending

chat-transactions-intro = { $count ->
    [zero] لا مدفوعات
    [one] دفعة واحدة
    [two] دفعتان
    [few] { $count } دفعات
    [many] { $count } دفعة
   *[other] { $count } دفعة
}، { $period }:
chat-transactions-latest = { $count ->
    [zero] لا مدفوعات حديثة:
    [one] آخر دفعة:
    [two] آخر دفعتين:
    [few] آخر { $count } دفعات:
    [many] آخر { $count } دفعة:
   *[other] آخر { $count } دفعة:
}
chat-transactions-filtered = { $count ->
    [zero] لا مدفوعات
    [one] دفعة واحدة
    [two] دفعتان
    [few] { $count } دفعات
    [many] { $count } دفعة
   *[other] { $count } دفعة
} ({ $filter })، { $period }:
chat-transactions-more = { $count ->
    [zero] لا يوجد المزيد
    [one] توجد دفعة أخرى
    [two] توجد دفعتان أخريان
    [few] توجد { $count } دفعات أخرى
    [many] توجد { $count } دفعة أخرى
   *[other] توجد { $count } دفعة أخرى
}. قل «عرض المزيد».
chat-transactions-none = لم أجد مدفوعات، { $period }.
chat-transactions-none-filtered = لم أجد مدفوعات ({ $filter })، { $period }.
chat-transactions-largest = أكبرها { $amount } إلى { $merchant }، { $date }.
chat-transactions-smallest = أصغرها { $amount } إلى { $merchant }، { $date }.
chat-transactions-sum = الخارج: { $spent }. الداخل: { $received }.
chat-transactions-pending = قيد التنفيذ
chat-spending-intro = مصروفاتك، { $period }:
chat-spending-by-month = مصروفاتك حسب الشهر:
chat-spending-total = المجموع { $amount }، { $period }.
chat-spending-one = { $what }: { $amount }، { $period }.
chat-spending-none = لم تصرف شيئًا، { $period }.
chat-spending-more = هذا أكثر بمقدار { $amount } من { $period }.
chat-spending-less = هذا أقل بمقدار { $amount } من { $period }.
chat-spending-same = تقريبًا مثل { $period }.
period-recent = في آخر 90 يومًا
chat-chart-title = المصروفات، { $period }

## Chat: what repeats and comes next

chat-recurring-intro = { $count ->
    [zero] لا شيء يتكرر:
    [one] دفعة واحدة تتكرر:
    [two] دفعتان تتكرران:
    [few] { $count } دفعات تتكرر:
    [many] { $count } دفعة تتكرر:
   *[other] { $count } دفعة تتكرر:
}
chat-recurring-row = { $name }: { $amount }، { $rhythm }
chat-recurring-next = التالية: { $date }
chat-recurring-none = لا أرى شيئًا يتكرر.
chat-recurring-monthly = المجموع نحو { $amount } في الشهر.
chat-upcoming-salary = يصل راتبك عادةً نحو { $date }: قرابة { $amount }.
chat-upcoming-rent = موعد الإيجار نحو { $date }: { $amount }.
chat-upcoming-bill = موعد { $name } نحو { $date }: { $amount }.
chat-upcoming-intro = ما هو قادم:
chat-upcoming-none = لا أرى شيئًا قادمًا.
chat-upcoming-unsure = لا أرى نمطًا واضحًا بعد، فلا أفضّل التخمين.

## Chat: account number, quick checks

chat-number = يظهر رقم حسابك في صفحة بنكك فقط، وليس في محادثة أبدًا.
chat-numbers-intro = هذه أرقام حساباتك في { $bank }. لا تعطها إلا لمن سيدفع لك.
chat-number-label = عرض رقم الحساب
chat-enough-yes = نعم، الرصيد يكفي لمبلغ { $amount }.
chat-enough-no = لا، الرصيد لا يكفي الآن لمبلغ { $amount }.
chat-enough-how-much = لأي شيء؟ اذكر المبلغ.
chat-enough-bill-unknown = لا أعرف كم يكلف «{ $name }». اذكر المبلغ.

## Chat: taking back, and asking who sees

chat-stop-done = تم. لن يرى { $party } شيئًا بعد الآن.
chat-stop-done-count = تم. { $count ->
    [zero] لم ينته أي إذن
    [one] انتهى إذن واحد
    [two] انتهى إذنان
    [few] انتهت { $count } أذون
    [many] انتهى { $count } إذنًا
   *[other] انتهى { $count } إذن
}؛ لا يُشارك هنا شيء بعد الآن.
chat-stop-nothing = لا يُشارك هنا شيء، فليس هناك ما يوقف.
chat-stop-all-done = توقف كل شيء: { $count ->
    [zero] لم يكن هناك إذن
    [one] انتهى إذن واحد
    [two] انتهى إذنان
    [few] انتهت { $count } أذون
    [many] انتهى { $count } إذنًا
   *[other] انتهى { $count } إذن
}، لكل محادثة وكل تطبيق. يسري ذلك من هذه اللحظة.
chat-stop-all-nothing = لم يكن هناك ما يوقف: لا محادثة ولا تطبيق لديه إذنك.
chat-shared-intro = في آخر 30 يومًا { $count ->
    [zero] لم يُشارك شيء
    [one] شورك شيء واحد
    [two] شورك شيئان
    [few] شوركت { $count } أشياء
    [many] شورك { $count } شيئًا
   *[other] شورك { $count } شيء
}:
chat-shared-row = { $party }: { $count ->
    [zero] ولا مرة
    [one] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
    [many] { $count } مرة
   *[other] { $count } مرة
}
chat-shared-none = لم يُشارك شيء في آخر 30 يومًا.
chat-shared-label = عرض كل قيد
chat-sees-bank-owned = أنت و{ $bank } فقط. هذه محادثة البنك نفسه؛ لا أحد بينكما.
chat-sees-end-to-end = أنت و{ $bank }. ينقل { $party } الرسائل مشفرة ولا يستطيع قراءتها؛ يعرف فقط أنك تكتب ومتى.
chat-sees-spoken = أنت و{ $bank } و{ $party } الذي يدير خدمة الصوت، وكل من يسمع. لذلك لا أقول الكثير بصوت مسموع.
chat-sees-platform = أنت و{ $bank } و{ $party } الذي يستطيع قراءة كل شيء هنا. لذلك أرسل روابط إلى صفحة بنكك بدل الأرقام.
chat-clear-history = يمكنك محو سجلك من صفحة بنكك. سترى هناك ما يُمحى وما يُلزم القانون البنك بحفظه.
chat-clear-history-label = محو السجل
chat-my-data = يمكنك تنزيل كل ما يحفظه البنك عنك هنا من صفحته.
chat-my-data-label = بياناتي
chat-is-this-my-bank = هذا { $bank }. للتأكد، افتح صفحة البنك بنفسك: يجب أن تظهر فيها الكلمات «{ $phrase }».
chat-is-this-my-bank-label = التحقق في صفحة البنك
chat-is-this-my-bank-stranger = هذه المحادثة غير مربوطة بعد، فلا كلمات للمقارنة. اربطها من صفحة البنك للتأكد.

## Chat: people, and what can’t be done here yet

chat-human-queued = تم تسجيل طلبك. لا يجيب أحد من { $bank } في هذه المحادثة الآن؛ للرد فورًا اتصل بالرقم { $phone }.
chat-human-already = طلبك مسجل بالفعل. للرد فورًا اتصل بالرقم { $phone }.
chat-freeze-unavailable = لا أستطيع إيقاف البطاقات هنا بعد. اتصل الآن بالرقم { $phone }؛ يجيبون ليلًا ونهارًا.
chat-payment-unavailable = لا أستطيع إرسال المال هنا بعد. استخدم تطبيق { $bank } أو اتصل بالرقم { $phone }.
chat-limit-unavailable = لا أستطيع ضبط حدود الصرف هنا بعد. يستطيع { $bank } ذلك: { $phone }.
chat-offers-none = ليست لدي عروض، ولا أعرض شيئًا منها إلا إذا طلبتها في صفحة البنك.
chat-dispute = إذا لم تكن الدفعة منك، اتصل الآن بالرقم { $phone } واطلب إيقاف البطاقة. سجلت أنك أبلغت عنها.
chat-cards-unavailable = لا أستطيع تغيير إعدادات البطاقات هنا بعد. يستطيع { $bank } ذلك: { $phone }.

## Chat: what goes wrong

chat-secret-card = بدا ذلك كرقم بطاقة. لم أحتفظ به. لا ترسله في محادثة أبدًا: لن يطلبه البنك.
chat-secret-pin = بدا ذلك كرقم سري أو رمز أمان. لم أحتفظ به. لن يطلبه منك أحد من { $bank } أبدًا.
chat-secret-code = بدا ذلك كرمز لمرة واحدة. لم أحتفظ به. إذا طلبه منك أحد فهذا احتيال: اتصل بالرقم { $phone }.
chat-secret-removed = [محذوف]
chat-too-long = هذه الرسالة طويلة جدًا. الحد هو { $limit } حرف.
chat-attachment = لا أستطيع استقبال الصور أو الملفات. من فضلك اكتب ذلك بالكلمات.
chat-rate-limited = كان ذلك كثيرًا دفعة واحدة. انتظر { $minutes ->
    [zero] قليلًا
    [one] دقيقة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
} ثم حاول من جديد.
chat-error = حدث خلل من جهتنا. لم يتغير شيء ولم يُشارك شيء. حاول بعد لحظة.
chat-bank-unreachable = نظام البنك لا يجيب الآن. حاول بعد بضع دقائق.
chat-suspended = أوقف { $bank } هذه الخدمة هنا مؤقتًا. للأمور العاجلة اتصل بالرقم { $phone }.
chat-receipt = إيصال { $number }

## Chat: on other channels

channel-numbered = أجب برقم:
channel-row = { $label }: { $value }
channel-row-hint = { $label }: { $value } ({ $hint })
channel-media = لا أستطيع هنا قراءة سوى النصوص. اكتب ما تحتاج إليه.
channel-left = لن تصلك رسائل من { $bank } هنا بعد الآن. اكتب START للبدء من جديد.
channel-waiting = لديك رسالة من { $bank }. أجب هنا لقراءتها.
channel-elsewhere = أرسلت لك الباقي إلى هاتفك.
channel-moved = تغيّر حسابك في هذه الخدمة، لذلك أوقفت مشاركة أي شيء في هذه المحادثة. يُرجى ربطها من جديد.
channel-hello = مرحبا
channel-yes = نعم
channel-no = لا
channel-hold-on = لحظة من فضلك.
channel-late = الإجابة ليست جاهزة بعد. اسألني مرة أخرى بعد قليل، أو انظر في صفحة { $bank }.
channel-earlier = سابقًا: { $words }
channel-again = ماذا تريد أن تعرف أيضًا؟
channel-aside = يوجد المزيد في صفحة { $bank }، لعينيك فقط.
channel-own-page = ستجده في صفحة { $bank }.
channel-withheld = لا أعرض الإجابة في البريد الإلكتروني، فقد يقرؤها كثيرون هناك. أنت وحدك من يفتحها في صفحة بنكك.
channel-asked-elsewhere = طلبت هذا في قناة أخرى.
channel-about = حوالي { $amount }
channel-minus = ناقص { $amount }
channel-account = { $name }، ينتهي بالرقم { $tail }
chat-code-ask = لربطها، سجّل الدخول في صفحة { $bank }، واختر «الربط برمز»، ثم قل لي الرمز هنا.
chat-code-said = وصلني الرمز. اختر الآن هذه الكلمات في صفحة { $bank }: { $phrase }. إذا لم تطلب الرمز هناك بنفسك فلا تقل هذه الكلمات لأحد.
chat-code-wrong = هذا الرمز لا يفتح شيئًا هنا. احصل على رمز جديد في صفحة { $bank }. بعد عدة رموز خاطئة أتوقف عن قبول الرموز لمدة ساعة.

## Why something was refused

refusal-not-yet-given = لم تسمح بذلك بعد.
refusal-rejected = رفضت ذلك، فلا يُشارك شيء.
refusal-revoked = أنهيت هذا الإذن.
refusal-expired = انتهى إذنك.
refusal-consumed = كان إذنك لمرة واحدة وقد استُخدم.
refusal-paused = إذنك متوقف مؤقتًا.
refusal-other-party = إذنك لجهة أخرى.
refusal-other-purpose = إذنك لغرض آخر.
refusal-out-of-scope = لا يشمل إذنك هذا النوع من البيانات.
refusal-other-account = لا يشمل إذنك هذا الحساب.
refusal-customer-absent = لا يُشارك هذا إلا أثناء وجودك.
refusal-too-long-ago = إذنك لا يعود إلى هذا الوقت.
refusal-policy = قواعد { $bank } لا تسمح بذلك هنا.
refusal-how-to-fix = يمكنك تغيير ذلك في صفحة بنكك.

## Permissions about to run out

expiry-soon = ينتهي إذنك لـ { $party } خلال { $days ->
    [zero] اليوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}، في { $date }. جدده إن كنت ما زلت تريده، وإلا فلا تفعل شيئًا.
expiry-today = ينتهي إذنك لـ { $party } اليوم. بعد ذلك لن يرى شيئًا.
expiry-over = انتهى إذنك لـ { $party }. لم يعد يرى شيئًا.

## Names: kinds of data

cluster-accounts = ما لديك من حسابات
cluster-balances = أرصدتك
cluster-transactions = مدفوعاتك ومجاميعها
cluster-recurring = ما يتكرر وما هو قادم
cluster-account-numbers = أرقام حساباتك
cluster-cards = بطاقاتك وهل تعمل

## Names: how much is shown

level-answer = نعم أو لا
level-answer-hint = جواب سؤال فقط، مثل «هل يكفي؟»
level-summary = تقريبي
level-summary-hint = أرقام مقربة ومجاميع
level-masked = المبالغ
level-masked-hint = المبالغ والتواريخ؛ بلا متاجر ولا أرقام حسابات
level-detail = كل شيء
level-detail-hint = كل ما تراه بنفسك
level-link = رابط فقط إلى صفحة مصرفك نفسه
level-none = لا شيء

## Names: purposes, each with one sentence why

purpose-account-information = عرض حساباتك لك
purpose-account-information-why = لتسأل هنا عن الأرصدة والمدفوعات.
purpose-fraud-alerts = تنبيهك إلى الاحتيال
purpose-fraud-alerts-why = لتعرف فورًا إذا بدا شيء غير طبيعي.
purpose-support = الإجابة عن أسئلتك
purpose-support-why = ليرى من يساعدك ما تسأل عنه.
purpose-account-management = إدارة حسابك
purpose-account-management-why = لتغيير الإعدادات، مثل إيقاف بطاقة.
purpose-payments = إرسال المال وطلبه
purpose-payments-why = لتدفع للناس من هنا.
purpose-orders = الطلب من المتاجر
purpose-orders-why = لتطلب وتدفع دون إعطاء بطاقتك.
purpose-offers = عروض بنكك
purpose-offers-why = فقط إذا أردتها. لا يتوقف عليها شيء آخر.

## Names: categories

category-salary = الراتب
category-income = دخل آخر
category-housing = الإيجار والقرض السكني
category-utilities = الفواتير المنزلية
category-groceries = البقالة
category-eating-out = المطاعم
category-transport = المواصلات
category-travel = السفر
category-shopping = التسوق
category-subscriptions = الاشتراكات
category-health = الصحة
category-leisure = الترفيه
category-education = التعليم
category-insurance = التأمين
category-cash = النقد
category-transfer = التحويلات
category-fees = الرسوم
category-refund = المبالغ المستردة
category-other = أخرى

## Names: accounts, cards, rhythms

account-checking = الحساب الجاري
account-savings = حساب التوفير
account-credit-card = بطاقة الائتمان
account-named = { $name } ••{ $tail }
card-active = تعمل
card-frozen = موقوفة
card-closed = مغلقة
rhythm-weekly = كل أسبوع
rhythm-fortnightly = كل أسبوعين
rhythm-monthly = كل شهر
rhythm-quarterly = كل ثلاثة أشهر
rhythm-yearly = كل سنة

## Names: fields, as the log names them

field-answer = جواب بنعم أو لا
field-account-name = اسم حساب
field-account-tail = آخر أرقام حساب
field-account-number = رقم حساب
field-balance-rounded = رصيد مقرب
field-balance-amount = الرصيد
field-balance-available = المبلغ المتاح
field-transaction-sum = مجاميع المدفوعات
field-transaction-amount = المبالغ والتواريخ
field-transaction-category = الفئات
field-transaction-merchant = لمن دُفع
field-transaction-memo = الملاحظات والأماكن
field-recurring-amount = المبالغ المتكررة
field-recurring-counterparty = لمن يُدفع بانتظام
field-card-state = البطاقات وهل تعمل

## Names: states of a permission, and who can read along

state-awaiting = بانتظارك
state-authorised = سارٍ
state-paused = متوقف مؤقتًا
state-rejected = مرفوض
state-revoked = منتهٍ بطلب
state-expired = انتهت مدته
state-consumed = مستخدم
ceiling-bank-owned = قناة البنك نفسه: لا أحد غيره يقرأ
ceiling-end-to-end = مشفرة من الطرف إلى الطرف: لا يستطيع مديرها القراءة
ceiling-spoken = صوتية: قد يسمعها آخرون
ceiling-platform = يستطيع مديرها القراءة
ceiling-assistant = مساعدك الذكي: من يديره يستطيع قراءة ما يُقال له

## Dates and times

date-today = اليوم
date-yesterday = أمس
date-tomorrow = غدًا
date-range = من { $from } إلى { $to }
date-in-month = في { $month }
date-all-time = كل الأوقات
date-since = منذ { $date }
date-until = حتى { $date }
date-on = في { $date }
date-days-left = { $days ->
    [zero] ينتهي اليوم
    [one] بقي يوم واحد
    [two] بقي يومان
    [few] بقيت { $days } أيام
    [many] بقي { $days } يومًا
   *[other] بقي { $days } يوم
}
date-minutes-ago = { $minutes ->
    [zero] الآن
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $minutes } دقائق
    [many] قبل { $minutes } دقيقة
   *[other] قبل { $minutes } دقيقة
}
date-hours-ago = { $hours ->
    [zero] قبل أقل من ساعة
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $hours } ساعات
    [many] قبل { $hours } ساعة
   *[other] قبل { $hours } ساعة
}
date-days-ago = { $days ->
    [zero] اليوم
    [one] أمس
    [two] قبل يومين
    [few] قبل { $days } أيام
    [many] قبل { $days } يومًا
   *[other] قبل { $days } يوم
}
date-just-now = الآن
date-never = أبدًا

## Navigation and buttons

nav-home = الرئيسية
nav-accounts = الحسابات
nav-chat = المحادثة
nav-connections = الأذونات
nav-log = من رأى ماذا
nav-data = بياناتي
nav-stop-all = أوقف الكل
nav-sign-out = خروج
nav-passkeys = مفاتيح المرور
nav-language = اللغة
nav-skip = إلى المحتوى
nav-main = التنقل الرئيسي
nav-theme = فاتح أو داكن
button-allow = سماح
button-allow-less = سماح بأقل
button-refuse = رفض
button-continue = متابعة
button-back = رجوع
button-cancel = إلغاء
button-confirm = تأكيد
button-save = حفظ
button-send = إرسال
button-search = بحث
button-clear-filter = عرض الكل
button-pause = إيقاف مؤقت
button-resume = استئناف
button-narrow = سماح بأقل
button-renew = تجديد
button-revoke = إنهاء
button-verify = تحقق
button-download = تنزيل
button-copy = نسخ
button-copied = تم النسخ
button-try-again = إعادة المحاولة
button-close = إغلاق
button-change = تغيير
button-unlink = إلغاء الربط
button-check = تحقق

## Page: the chat

page-chat-title = محادثة مع { $bank }
page-chat-input = اكتب رسالة
page-chat-empty = ألقِ التحية أو اسأل عن رصيدك.
page-chat-typing = { $bank } يكتب
page-chat-sent = أُرسلت
page-chat-delivered = وصلت
page-chat-read = قُرئت
page-chat-failed = لم تُرسل
page-chat-reconnecting = إعادة الاتصال…
page-chat-you = أنت
page-chat-sending = جارٍ الإرسال
page-chat-newer = رسائل جديدة
page-chat-earlier = رسائل أقدم
page-chat-quick = ردود مقترحة
page-chat-check = التحقق من وصول الرد
page-chat-from-you = منك
page-chat-to-you = إليك
page-chat-nothing-passed = لم يمر شيء بعد.
page-chat-unread = { $count ->
    [zero] لا رسائل جديدة
    [one] رسالة جديدة واحدة
    [two] رسالتان جديدتان
    [few] { $count } رسائل جديدة
    [many] { $count } رسالة جديدة
   *[other] { $count } رسالة جديدة
}
page-chat-platform-sees = ما تراه المنصة
page-chat-platform-note = تعمل هذه المحادثة كأن { $party } يستطيع قراءتها. في الجانب ما كان سيراه بالضبط.

## Page: the chat on a site of the bank

page-widget-unavailable = لا يمكن عرض المحادثة في هذه الصفحة.
page-widget-open = افتحها في علامة تبويب جديدة
page-widget-forgotten = لا يسمح هذا المتصفح ببقاء المحادثة في هذه الصفحة.
page-sample-title = صفحة من موقع { $bank }
page-sample-lead = تمثل موقع المصرف ولها مصدر غير مصدر المحادثة. وسم نصي واحد يضع المحادثة هنا: اضغط الزر في الزاوية.
page-sample-learns = ما الذي تعرفه هذه الصفحة
page-sample-nothing = عدد الرسائل الجديدة، وهل المحادثة مفتوحة. ولا شيء غير ذلك: تعمل المحادثة في إطار من مصدر المصرف نفسه.
page-sample-tag = ما الذي يضعها هنا

## Page: sign in and passkeys

page-sign-in-title = الدخول إلى { $bank }
page-sign-in-intro = استخدم مفتاح المرور: بصمتك أو وجهك أو رمز جهازك. لا كلمة مرور تُنسى أو تُسرق.
page-sign-in-button = الدخول بمفتاح المرور
page-sign-in-demo = الدخول باسم { $name } (تجربة)
page-sign-in-demo-note = للتجربة فقط: للأجهزة بلا مفتاح مرور. البنك الحقيقي لا يعرض هذا أبدًا.
page-sign-in-failed = لم ينجح ذلك. حاول من جديد أو استخدم جهازًا آخر عليه مفتاح مرورك.
page-sign-in-no-support = هذا المتصفح لا يدعم مفاتيح المرور. جرّب متصفحًا أحدث أو هاتفك.
page-passkey-add-title = إنشاء مفتاح مرور
page-passkey-add-intro = يبقى على جهازك. لا يرى البنك بصمتك ولا وجهك أبدًا.
page-passkey-add-button = إنشاء مفتاح مرور
page-passkey-confirm = أكد بمفتاح المرور أنك أنت.
page-passkeys-title = مفاتيح المرور
page-passkeys-intro = بمفتاح المرور تسجّل الدخول وتؤكد ما هو مهم. احتفظ باثنين على جهازين مختلفين.
page-passkeys-none = ليس لديك مفتاح مرور بعد.
page-passkey-name = اسم له
page-passkey-name-hint = مثل «هاتفي»، لتتعرف عليه.
page-passkey-unnamed = مفتاح مرور
page-passkey-added = أُضيف { $date }
page-passkey-used = آخر استخدام { $date }
page-passkey-remove = إزالة
page-passkey-last = هذا مفتاح المرور الوحيد لديك. أضف آخر قبل إزالته.
page-passkey-cancelled = لم يحدث شيء. حاول مجددًا متى شئت.
page-passkey-failed = لم يُقبل مفتاح المرور هذا. لم يتغير شيء؛ حاول مجددًا.
page-invite-title = جهّز دخولك إلى { $bank }
page-invite-intro = مفتاح المرور يحل محل كلمة المرور: يبقى في هاتفك أو حاسوبك، ولا تفتحه إلا بصمتك أو وجهك أو رمز الجهاز.
page-invite-once = يعمل هذا الرابط مرة واحدة ولمدة قصيرة. لا تمرره إلى أحد: من يفتحه يمكنه الدخول باسمك.
page-invite-closed-title = لم يعد هذا الرابط يُفتح
page-invite-used = استُخدم الرابط من قبل. إن كنت أنت من استخدمه فادخل بمفتاح المرور، وإلا فاتصل فورًا بـ { $bank }: { $phone }.
page-invite-ran-out = كان الرابط صالحًا لمدة قصيرة فقط. اتصل بـ { $bank } واطلب رابطًا جديدًا: { $phone }.
page-invite-unknown = لا نعرف هذا الرابط. تحقق من أنك فتحته كاملًا، أو اتصل بـ { $bank } واطلب رابطًا جديدًا: { $phone }.
page-confirm-title = هل هذا أنت؟
page-confirm-button = التأكيد بمفتاح المرور
page-confirm-demo = التأكيد باسم { $name } (تجريبي)
page-signed-out = تم تسجيل خروجك.

## Page: home and the secure view

page-front-lead = خدماتك المصرفية في أي دردشة، وتبقى البيانات لدى البنك. اختر بنكًا.
page-home-title = أهلًا { $name }
page-home-intro = حساباتك، ومن يمكنه رؤيتها.
page-home-sees = { $count ->
    [zero] لا إذن ساري: اطلع على من يمكنه الرؤية
    [one] إذن واحد ساري: اطلع على من يمكنه الرؤية
    [two] إذنان ساريان: اطلع على من يمكنه الرؤية
    [few] { $count } أذونات سارية: اطلع على من يمكنه الرؤية
    [many] { $count } إذنًا ساريًا: اطلع على من يمكنه الرؤية
   *[other] { $count } إذن ساري: اطلع على من يمكنه الرؤية
}
page-home-all = عرض الكل
page-secure-title = لعينيك فقط
page-secure-note = أنت في صفحة { $bank } نفسه. لا يرى { $party } هذا.
page-secure-expires = تُغلق هذه الصفحة خلال { $minutes ->
    [zero] لحظات
    [one] دقيقة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
}.
page-number-iban = رقم الآيبان
page-number-bic = رمز BIC
page-number-routing = رقم التوجيه
page-number-account = رقم الحساب
page-number-sort-code = رمز الفرع

## Page: link a chat

page-link-title = ربط هذه المحادثة
page-link-intro = أنت على وشك ربط محادثة في { $party } بحسابك. لن يُرى شيء حتى تسمح به.
page-link-phrase = قارن هذه الكلمات بالكلمات في المحادثة:
page-link-phrase-warning = إذا اختلفت فتوقف هنا: قد يكون أحدهم ينتحل صفة { $bank }.
page-link-button = متطابقة: اربط المحادثة
page-link-refuse = غير متطابقة
page-link-done = تم الربط. يمكنك العودة إلى المحادثة.
page-link-refused = لم يتم الربط. شكرًا على التحقق.
page-link-back = العودة إلى المحادثة
page-link-return = يمكنك إغلاق علامة التبويب هذه ومتابعة محادثتك.
page-link-allowed = تم السماح. يسري ذلك من الآن.
page-link-foreign = أُنشئ هذا الرابط لشخص آخر. إن كان لك فسجّل الدخول بالحساب الذي طلبه، وإلا فاطلب رابطًا جديدًا في محادثتك.
page-code-title = الربط برمز
page-code-intro = للمساعدات الصوتية وحيث لا يمكنك فتح رابط. تحصل هنا على رمز، ثم تقوله أو تكتبه هناك.
page-code-channel = أين تريد استخدام بنكك؟
page-code-make = الحصول على رمز
page-code-again = الحصول على رمز جديد
page-code-yours = رمزك من أجل { $party }
page-code-how = قله أو اكتبه في { $party }. يعمل مرة واحدة، لعشر دقائق، وهناك فقط.
page-code-warning = لا تقل هذا الرمز لأي شخص، حتى لو قال إنه من { $bank }.
page-code-check = قلت الرمز
page-code-waiting = لم يقل أحد هذا الرمز بعد.
page-code-choose = ما الكلمات التي قالها لك { $party }؟
page-code-choose-hint = اعتمد على جهازك وحده. إذا قال لك شخص ما هذه الكلمات فاختر الإجابة الأخيرة: إنه يريد حساباتك.
page-code-none = ليست أيًا منها
page-code-confirm = ربط المحادثة
page-code-mismatch = لم يتم الربط: هذه ليست كلمات المحادثة. لم يعد الرمز صالحًا.
page-code-many = طلبت عدة رموز من قبل. حاول مرة أخرى بعد ساعة.
page-code-nowhere = لا يمكن بعد ربط أي محادثة لدى { $bank } برمز.
page-code-consent = تحديد ما يمكنها رؤيته

## Connecting an AI assistant

page-assistant-unverified = يسمي التطبيق نفسه «{ $party }». لم يتحقق بنكك من هذا الاسم.
page-assistant-host = تعود إجابتك إلى { $host }.
page-assistant-local = تعود إجابتك إلى تطبيق على هذا الجهاز.
page-assistant-back-title = العودة إلى { $party }
page-assistant-back-allowed = لقد سمحت بذلك. جارٍ إعادتك إلى التطبيق.
page-assistant-back-refused = لقد رفضت. لم تتم مشاركة أي شيء. جارٍ إعادتك إلى التطبيق.
page-assistant-back-button = العودة إلى التطبيق
page-assistant-over = انتهى هذا الطلب. ابدأ من جديد في التطبيق.
page-assistant-broken = ارتكب التطبيق الذي أرسلك إلى هنا خطأ. لم تتم مشاركة أي شيء.

## Page: decide on a permission

page-consent-title = يطلب { $party } إذنك
page-consent-check-title = راجع قبل أن تسمح
page-consent-less-title = ماذا يمكن أن يرى { $party }؟
page-consent-who = من
page-consent-why = لماذا
page-consent-what = ماذا سيرى
page-consent-how-much = بأي قدر
page-consent-levels = ماذا تعني الخيارات
page-consent-accounts = أي حسابات؟
page-consent-accounts-hint = لم يُختر شيء نيابة عنك.
page-consent-sample = هذا ما كان سيُرسل الآن بالضبط:
page-consent-example = مثلًا، هذا ما سيُرسل الآن عن { $account }:
page-consent-sample-none = لا يمكن إرسال شيء من هذا على حاله.
page-consent-duration = لأي مدة؟
page-consent-once = مرة واحدة فقط
page-consent-days = { $days ->
    [zero] لهذا اليوم
    [one] ليوم واحد
    [two] ليومين
    [few] لمدة { $days } أيام
    [many] لمدة { $days } يومًا
   *[other] لمدة { $days } يوم
}
page-consent-history = مدفوعات { $days ->
    [zero] اليوم
    [one] آخر يوم
    [two] آخر يومين
    [few] آخر { $days } أيام
    [many] آخر { $days } يومًا
   *[other] آخر { $days } يوم
}
page-consent-history-title = إلى أي مدى في الماضي؟
page-consent-when = متى؟
page-consent-always = حتى في غيابك، للتنبيه مثلًا
page-consent-present = فقط أثناء وجودك في المحادثة
page-consent-not-shared = ما لا يُشارك أبدًا
page-consent-not-shared-list = أرقام البطاقات والأرقام السرية والرموز؛ ولا شيء للإعلانات أو بناء الملفات أو إعادة البيع أو التدريب.
page-consent-back-out = يمكنك إنهاء ذلك في أي وقت بلمسة أو بكتابة «أوقف المشاركة».
page-consent-choose-account = اختر حسابًا واحدًا على الأقل.
page-consent-choose-data = اختر نوعًا واحدًا من البيانات على الأقل.
page-consent-lapsed = انتهت مهلة هذا الطلب. اطلب من جديد في المحادثة.
page-consent-decided = سبق أن قررت في هذا.

## Page: permissions

page-connections-title = أذوناتك
page-connections-intro = كل من يمكنه رؤية شيء يخصك. يمكنك إنهاء أي منها بلمسة.
page-connections-none = لا أحد يمكنه رؤية شيء يخصك.
page-connections-last = آخر اطلاع: { $time }
page-connections-count = { $count ->
    [zero] لم يطلع في 30 يومًا
    [one] اطلع مرة في 30 يومًا
    [two] اطلع مرتين في 30 يومًا
    [few] اطلع { $count } مرات في 30 يومًا
    [many] اطلع { $count } مرة في 30 يومًا
   *[other] اطلع { $count } مرة في 30 يومًا
}
page-connections-expiry = حتى { $date }
page-connections-ended = المنتهية
page-connections-chats = المحادثات المربوطة
page-connections-chats-note = هذه المحادثات تعرف من أنت. إلغاء الربط يُفرغ المحادثة.
page-connections-revoked = انتهى. لم يعد { $party } يرى شيئًا.
page-connections-paused = متوقف مؤقتًا. لا يرى { $party } شيئًا الآن.
page-connections-resumed = يمكن لـ { $party } الاطلاع من جديد.
page-connections-narrowed = تم. يرى { $party } الآن أقل.
page-connections-renewed = تم التجديد حتى { $date }.
page-connections-renew-note = يبقى كل شيء كما هو حتى { $date }.
page-connections-narrow-title = السماح لـ { $party } بأقل؟
page-connections-renew-title = السماح لـ { $party } مدة أطول؟

## Page: the disclosure log

log-title = من رأى ماذا
log-intro = كل ما خرج من البنك من بياناتك، مختوم بحيث لا يمكن تغيير قيد أو حذفه دون أن يُلاحظ.
log-none = لم يخرج شيء من البنك.
log-none-found = لا قيد يطابق بحثك.
log-search = بحث
log-filter-party = من
log-filter-kind = ماذا
log-filter-from = من تاريخ
log-filter-to = إلى تاريخ
log-any = الكل
log-kind-shown = ما عُرض أو رُفض
log-kind-allowed = ما سمحت به
log-kind-changed = ما غيّرته
log-kind-ended = ما انتهى
log-kind-chats = المحادثات المربوطة
log-newer = الأحدث
log-older = الأقدم
log-saw = رأى { $party }: { $what } في { $account }
log-saw-general = رأى { $party }: { $what }
log-saw-nothing = طلب { $party } { $what } ورُفض طلبه
log-saw-answer = أُبلغ { $party }: { $what }
log-granted = سمحت لـ { $party }: { $what }
log-renewed = سمحت لـ { $party } مدة أطول
log-narrowed = سمحت لـ { $party } بأقل
log-paused = أوقفت { $party } مؤقتًا
log-resumed = سمحت لـ { $party } بالاستئناف
log-revoked = أنهيت إذن { $party }
log-revoked-bank = أنهى { $bank } إذن { $party }
log-expired = انتهت مدة إذن { $party }
log-outcome = أُرسل إلى { $party }: { $what }
log-channel-withdrawn = طُلب من { $party } حذف ما لديه
log-cleared = محوت سجلك
log-agent-view = اطلع { $name } من { $bank } على: { $what }
log-linked = ربطت محادثة في { $party }
log-unlinked = أُلغي ربط محادثة في { $party }
log-passkey-added = أنشأت مفتاح مرور بدعوة من { $bank }
log-passkey-created = أنشأت مفتاح مرور
log-passkey-removed = أزلت مفتاح مرور
log-rejected = رفضت طلب { $party }
log-consumed = استُخدم إذن { $party } لمرة واحدة
log-hold = سجّل { $bank } حفظًا قانونيًا أو رفعه
log-other = سجّل { $bank } قيدًا
log-tag-refused = مرفوض
log-tag-less = أقل مما طُلب
log-detail-title = ما أُرسل
log-detail-bytes = البايتات المرسلة نفسها
log-detail-recorded = البايتات المسجلة نفسها
log-detail-size = { $count ->
    [zero] لا بايتات
    [one] بايت واحد
    [two] بايتان
    [few] { $count } بايتات
    [many] { $count } بايتًا
   *[other] { $count } بايت
}
log-detail-withheld = ما حُجب
log-detail-withheld-consent = لأنك سمحت بأقل
log-detail-withheld-channel = لأن { $party } يستطيع قراءته
log-detail-withheld-policy = لأن قواعد { $bank } لا تسمح به
log-detail-withheld-none = لم يُحجب شيء.
log-detail-purpose = الغرض
log-detail-level = القدر
log-detail-consent = الإذن
log-detail-receipt = الإيصال
log-detail-time = الوقت
log-detail-policy = قواعد المصرف السارية
log-detail-build = البرنامج
log-detail-version = { $id }، الإصدار { $number }
log-verify-intro = تحقق بنفسك أن هذا القيد موجود في السجل دون تغيير.
log-verify-ok = تم التحقق: القيد موجود في السجل دون تغيير.
log-verify-waiting = القيد مختوم؛ سيكون إثباته جاهزًا بعد لحظة.
log-verify-failed = هذا القيد لا يطابق السجل. من فضلك أبلغ { $bank }: { $phone }.
log-step-record = القيد يؤدي إلى التزامه
log-step-body = ما أُرسل هو ما يذكره القيد
log-step-chain = القيد يذكر القيد الذي قبله
log-step-leaf = السجل العام يحوي ورقته
log-step-path = المسار يؤدي إلى الجذر الموقّع
log-step-signature = مفتاح السجل وقّع ذلك الجذر
log-step-head = خريطة أحدث القيود تشمل قيدك: لم يُسقط شيء
log-checked = تم التحقق: { $time }
log-path = الطريق من القيد إلى الجذر
log-checkpoint = نقطة التحقق الموقّعة
log-verify-yourself = تحقق على جهازك
log-verify-how = نزّل سجلك وشغّل «bankside verify-log». لا يسأل أحدًا ولا يحتاج سوى المفتاح العام للمصرف.
log-export = نزّل سجلي مع إثباتاته
log-proof = الإثبات
log-proof-download = تنزيل الإثبات
log-proof-position = القيد { $index } من { $size }

## صفحة: ما عرفته كل منصة

page-learnt-title = ما عرفته كل منصة
page-learnt-intro = ما عُرض في كل قناة، والرسائل التي وصلت إليها بنصها، وما يمكن سحبه بعد.
page-learnt-none = لم يُرسَل إلى أي منصة شيء يخصك.
page-learnt-kinds = ما عُرض هناك
page-learnt-times = { $count ->
    [zero] { $count } مرة
    [one] مرة واحدة
    [two] مرتين
    [few] { $count } مرات
    [many] { $count } مرة
   *[other] { $count } مرة
}
page-learnt-nothing = كلمات وروابط فقط، من غير أي بيانات تخصك.
page-learnt-messages = الرسائل التي وصلت إلى هناك
page-learnt-newest = { $count ->
    [zero] لا تظهر أي رسالة.
    [one] تظهر أحدث رسالة.
    [two] تظهر أحدث رسالتين.
    [few] تظهر أحدث { $count } رسائل.
    [many] تظهر أحدث { $count } رسالة.
   *[other] تظهر أحدث { $count } رسالة.
}
page-learnt-open = يمكن سحبها
page-learnt-until = يمكن سحبها حتى { $time }
page-learnt-asked = يجري سحبها
page-learnt-taken = سُحبت { $time }
page-learnt-never = تبقى هناك: لا يمكن سحب شيء من هذه القناة
page-learnt-late = تبقى هناك: انتهى وقت السحب
page-learnt-unnamed = تبقى هناك: لم يعطِ المشغّل ما تُعرف به
page-learnt-refused = تبقى هناك: رفض المشغّل
page-learnt-gone = تبقى هناك: لم يعد المشغّل يصل إليك
page-learnt-gave-up = تبقى هناك: لم يُجب المشغّل طوال يوم
page-learnt-unreadable = لم يعد من الممكن فتح هذه الكلمات.
page-learnt-button = اسحب كل ما يمكن سحبه
page-learnt-note = نطلب من المشغّلين حذف هذه الرسائل. أما ما نسخه أحد إلى مكان آخر فلا يستطيع أحد سحبه.
page-learnt-done = { $count ->
    [zero] لا يُسحب شيء.
    [one] طُلب ذلك: يجري سحب رسالة واحدة.
    [two] طُلب ذلك: يجري سحب رسالتين.
    [few] طُلب ذلك: يجري سحب { $count } رسائل.
    [many] طُلب ذلك: يجري سحب { $count } رسالة.
   *[other] طُلب ذلك: يجري سحب { $count } رسالة.
}
page-learnt-done-none = لم يبق شيء يمكن سحبه.
page-learnt-wishes = ما آل إليه الأمر
page-learnt-wish-asked = طلبتَ من { $party } حذف ما لديه
page-learnt-wish-unlinked = أُلغي ربط محادثة في { $party }
page-learnt-wish-cleared = مسحتَ سجلك ومعه محادثة في { $party }
page-learnt-count-taken = { $count ->
    [zero] لم تُسحب أي رسالة
    [one] سُحبت رسالة واحدة
    [two] سُحبت رسالتان
    [few] سُحبت { $count } رسائل
    [many] سُحبت { $count } رسالة
   *[other] سُحبت { $count } رسالة
}
page-learnt-count-open = { $count ->
    [zero] لا شيء قيد السحب
    [one] واحدة قيد السحب
    [two] اثنتان قيد السحب
    [few] { $count } قيد السحب
    [many] { $count } قيد السحب
   *[other] { $count } قيد السحب
}
page-learnt-count-kept = { $count ->
    [zero] لا شيء يبقى هناك
    [one] واحدة تبقى هناك
    [two] اثنتان تبقيان هناك
    [few] { $count } تبقى هناك
    [many] { $count } تبقى هناك
   *[other] { $count } تبقى هناك
}

## Page: my data

page-data-title = بياناتي
page-data-intro = كل ما يُحفظ هنا عنك: خذ نسخة أو اطلب محوه.
page-data-export-title = أخذ نسخة
page-data-export-json = كل شيء (JSON)
page-data-export-csv = كجدول (CSV)
page-data-clear-title = محو السجل
page-data-clear-intro = تصبح رسائلك وما شورك غير مقروءة للجميع إلى الأبد. لا يمكن التراجع عن ذلك.
page-data-clear-goes = ما يُمحى
page-data-clear-goes-list = رسائلك هنا ومحتوى سجلك والروابط والأذونات.
page-data-messages = الرسائل
page-data-entries = قيود سجلك
page-data-clear-stays = ما يجب أن يبقى، ولماذا
page-data-clear-stays-bank = حساباتك ومدفوعاتك في { $bank }: يُلزم القانون البنك بحفظ دفاتره.
page-data-clear-stays-log = السجل المختوم بلا محتواه: لا يقول عنك شيئًا، ويُبقي إثباتات الجميع صالحة.
page-data-clear-stays-channel = النسخ لدى { $party }: نطلب حذفها ونعرض لك الرد.
page-data-clear-stays-hold = ما هو محفوظ بأمر قانوني حتى { $date }.
page-data-clear-button = محو سجلي
page-data-clear-done = تم محو سجلك. هذا إيصالك الموقع.
page-data-held = لا يمكن محو سجلك الآن: حفظ قانوني يبقيه ({ $reason }).
page-data-under-way = العملية جارية: لم يعد أحد يستطيع قراءة سجلك. سيظهر الإيصال الموقّع هنا.
page-data-receipt = نزّل الإيصال الموقّع
page-data-cleared = آخر مرة محوت فيها سجلك: { $time }

## Page: is this my bank?

page-bank-title = هل هذا بنكي؟
page-bank-intro = قارن هذه الكلمات بالكلمات في المحادثة. إذا تطابقت فأنت تتحدث إلى { $bank }.
page-bank-no-chat = لا توجد محادثة مربوطة بك.
page-bank-receipt = تحقق من رسالة
page-bank-receipt-hint = أدخل رقم الإيصال المكتوب تحتها.
page-bank-genuine = صحيحة: أرسلها { $bank }، { $time }.
page-bank-unknown = لم يرسل إليك { $bank } رسالة بهذا الرقم. إن وصلتك واحدة فلا ترد، واتصل بالرقم { $phone }.

## Page: STOP ALL

page-stop-all-title = أوقف الكل
page-stop-all-intro = ينهي كل الأذونات دفعة واحدة: كل محادثة وكل تطبيق. لا يخرج شيء من البنك حتى تسمح من جديد.
page-stop-all-button = أوقف كل شيء الآن
page-stop-all-done = توقف كل شيء.

## Errors on pages

error-title = لم ينجح ذلك
error-summary = هناك مشكلة
error-link-expired = انتهت صلاحية هذا الرابط أو استُخدم من قبل. اطلب رابطًا جديدًا في المحادثة.
error-wrong-origin = لم يأت هذا الطلب من صفحة { $bank }، فلم يُنفذ شيء. افتح الصفحة من جديد وحاول مرة أخرى.
error-session-ended = تم تسجيل خروجك حفاظًا على أمانك. سجل الدخول من جديد؛ لم يضع شيء.
error-form-stale = بقيت هذه الصفحة مفتوحة طويلًا. حمّلها من جديد؛ لم يتغير شيء.
error-already-done = تم ذلك من قبل؛ لم يُنفذ شيء مرتين.
error-too-many = كان ذلك كثيرًا. انتظر { $minutes ->
    [zero] قليلًا
    [one] دقيقة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
}.
error-not-found = لا شيء في هذا العنوان.
error-not-yours = هذا لا يخصك.
error-server = تعطل شيء من جهتنا. لم يتغير شيء. حاول بعد لحظة.
error-too-large = هذا أكثر مما تقبله هذه الصفحة.
error-bad-input = من فضلك راجع «{ $field }».
error-suspended = أوقف { $bank } هذا مؤقتًا. حاول لاحقًا.
