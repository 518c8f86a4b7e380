### English, the source of the catalogues. An argument named count, days, hours, minutes or limit
### is a number; every other one is text, formatted already. Keep the areas in this order.

## Chat: meeting

chat-greeting = Hello { $name }! Ask me about your balance, your spending or what comes next.
chat-greeting-nameless = Hello! Ask me about your balance, your spending or what comes next.
chat-greeting-stranger = Hello! I’m the assistant of { $bank }. To see your accounts here, link this chat first.
chat-welcome-back = Good to see you again, { $name }. What would you like to know?
chat-thanks = You’re welcome.
chat-goodbye = Take care!
chat-smalltalk = I’m { $bank }’s assistant, a computer program. I’m good with balances, payments and spending; less so with conversation.
chat-abuse = I’m sorry this is frustrating. Would you like to talk to a person?
chat-help = Here is what I can do:
chat-help-balances = Balances: “What’s my balance?”
chat-help-transactions = Payments: “What did I spend at Lidl last month?”
chat-help-spending = Spending: “Where did my money go in March?”
chat-help-recurring = What repeats and what comes next: “When is my rent due?”
chat-help-enough = Quick checks: “Do I have enough for 200?”
chat-help-privacy = Your data: “What have you shared?”, “Who can see this?”, “Stop sharing”, “STOP ALL”
chat-help-human = A person: “Talk to someone”
chat-unknown = I didn’t get that. I can show balances, payments and spending, or fetch a person.
chat-unknown-again = I still don’t follow. Try “balance” or “last five payments”, or say “person” to reach { $bank }.
chat-ambiguous = Did you mean one of these?
chat-which-account = Which account?
chat-which-amount = Which amount do you mean?
chat-nothing-before = I’m not sure what that refers to. Could you ask the whole question?
chat-yes = Yes
chat-no = No
chat-cancelled = All right, I’ve left it as it is.
chat-language-switched = All right, from now on I’ll write in English.
chat-language-which = Which language would you like?

## Chat: choices that one tap gives

choice-balance = Balance
choice-payments = Last payments
choice-spending = Spending this month
choice-recurring = Subscriptions
choice-upcoming = What comes next
choice-shared = What have you shared?
choice-stop = Stop sharing
choice-stop-all = STOP ALL
choice-person = Talk to a person
choice-help = Help
choice-more = Show more
choice-last-month = And last month?
choice-link = Link this chat
choice-number = Account number
choice-dispute = I don’t recognise a payment

## Chat: linking and consent

chat-not-linked = I don’t know who you are yet. Link this chat to your account at { $bank }; it takes a minute and your passkey.
chat-link-label = Link this chat
chat-link-words = The bank’s page must show the same words: { $phrase }
chat-linked = Linked. Hello { $name }! If { $bank }’s page shows the words “{ $phrase }”, you’re talking to the real bank.
chat-already-linked = This chat is linked to you already, { $name }.
chat-already-linked-nameless = This chat is linked to you already.
chat-unlinked = Done: this chat is no longer linked to you, and nothing is shared here.
chat-consent-needed = Before I show { $what } here, I need your permission. You choose what, for how long, and can take it back at any time.
chat-consent-label = Review and decide
chat-consent-granted = Thank you. { $party } may now see { $what } until { $until }. Say “stop sharing” to take it back.
chat-consent-granted-once = Thank you. { $party } may see { $what } this one time.
chat-consent-refused = All right, nothing is shared. You can change your mind at any time.
chat-consent-list = You have given { $count ->
    [one] one permission
   *[other] { $count } permissions
}. You can see, narrow or end each of them here:
chat-consent-none = You have given no permission: nothing is shared.
chat-consent-expires = Your permission for { $party } runs out on { $until }.
chat-consent-why = { $party } needs it for one thing only: { $purpose }. Ads, profiles, resale and training are ruled out.
chat-consent-paused = Paused. { $party } sees nothing until you let it go on.
chat-consent-resumed = { $party } may see { $what } again until { $until }.
chat-consent-renew-label = Renew
chat-consent-manage-label = Your permissions

## Chat: balances

chat-balances-intro = Here is what you have, as of { $time }:
chat-balances-row = { $account }: { $amount }
chat-balances-total = Together: { $amount }
chat-balance-one = { $account }: { $amount }, as of { $time }.
chat-balance-available = Available: { $amount }
chat-balance-rounded = { $account }: about { $amount }.
chat-balance-none = I found no account of yours that fits.

## Chat: when the channel may not show it

chat-withheld = The details are in your bank’s own view. { $party }, which runs this chat, would be able to read them here.
chat-withheld-spoken = I won’t say that aloud. It’s in your bank’s own view, for your eyes only.
chat-withheld-label = Open your bank’s view
chat-withheld-once = The link works once and needs your passkey.

## Chat: payments and spending

chat-transactions-intro = { $count ->
    [one] One payment
   *[other] { $count } payments
}, { $period }:
chat-transactions-latest = { $count ->
    [one] Your latest payment:
   *[other] Your latest { $count } payments:
}
chat-transactions-filtered = { $count ->
    [one] One payment
   *[other] { $count } payments
} ({ $filter }), { $period }:
chat-transactions-more = There { $count ->
    [one] is one more
   *[other] are { $count } more
}. Say “show more”.
chat-transactions-none = I found no payments, { $period }.
chat-transactions-none-filtered = I found no payments ({ $filter }), { $period }.
chat-transactions-largest = The largest was { $amount } to { $merchant }, { $date }.
chat-transactions-smallest = The smallest was { $amount } to { $merchant }, { $date }.
chat-transactions-sum = Money out: { $spent }. Money in: { $received }.
chat-transactions-pending = pending
chat-spending-intro = Your spending, { $period }:
chat-spending-by-month = Your spending by month:
chat-spending-total = In total { $amount }, { $period }.
chat-spending-one = { $what }: { $amount }, { $period }.
chat-spending-none = You spent nothing, { $period }.
chat-spending-more = That is { $amount } more than { $period }.
chat-spending-less = That is { $amount } less than { $period }.
chat-spending-same = About the same as { $period }.
period-recent = in the last 90 days
chat-chart-title = Spending, { $period }

## Chat: what repeats and comes next

chat-recurring-intro = { $count ->
    [one] One charge repeats:
   *[other] { $count } charges repeat:
}
chat-recurring-row = { $name }: { $amount }, { $rhythm }
chat-recurring-next = Next: { $date }
chat-recurring-none = I see nothing that repeats.
chat-recurring-monthly = Together about { $amount } a month.
chat-upcoming-salary = Your salary usually comes around { $date }: about { $amount }.
chat-upcoming-rent = Your rent is due around { $date }: { $amount }.
chat-upcoming-bill = { $name } is due around { $date }: { $amount }.
chat-upcoming-intro = What comes next:
chat-upcoming-none = I see nothing coming up.
chat-upcoming-unsure = I don’t see a pattern yet, so I’d rather not guess.

## Chat: account number, quick checks

chat-number = Your account number is shown in your bank’s own view only, never in a chat.
chat-numbers-intro = Here are your account numbers at { $bank }. Give them only to people who should pay you.
chat-number-label = Show account number
chat-enough-yes = Yes, there is enough for { $amount }.
chat-enough-no = No, there isn’t enough for { $amount } right now.
chat-enough-how-much = Enough for what? Tell me an amount.
chat-enough-bill-unknown = I don’t know how much “{ $name }” costs. Tell me the amount.

## Chat: taking back, and asking who sees

chat-stop-done = Done. { $party } sees nothing more from now on.
chat-stop-done-count = Done. { $count ->
    [one] One permission is
   *[other] { $count } permissions are
} ended; nothing more is shared here.
chat-stop-nothing = Nothing is being shared here, so there is nothing to stop.
chat-stop-all-done = Everything is stopped: { $count ->
    [one] one permission
   *[other] { $count } permissions
} ended, every chat and app. It took effect just now.
chat-stop-all-nothing = There was nothing to stop: no chat and no app has your permission.
chat-shared-intro = In the last 30 days { $count ->
    [one] one thing was
   *[other] { $count } things were
} shared:
chat-shared-row = { $party }: { $count ->
    [one] once
   *[other] { $count } times
}
chat-shared-none = Nothing was shared in the last 30 days.
chat-shared-label = See every entry
chat-sees-bank-owned = Only you and { $bank }. This is the bank’s own chat; nobody is in between.
chat-sees-end-to-end = You and { $bank }. { $party } carries the messages encrypted and can’t read them, only that you write and when.
chat-sees-spoken = You, { $bank }, { $party }, which runs the voice service, and anyone who can hear it. So I say little aloud.
chat-sees-platform = You, { $bank } and { $party }, which can read everything here. So I send links to your bank’s own view instead of figures.
chat-clear-history = You can clear your history on your bank’s own page. You’ll see there what goes and what the law makes the bank keep.
chat-clear-history-label = Clear history
chat-my-data = You can download everything the bank holds about you here on its own page.
chat-my-data-label = My data
chat-is-this-my-bank = This is { $bank }. To be sure, open the bank’s page yourself: it must show the words “{ $phrase }”.
chat-is-this-my-bank-label = Check on the bank’s page
chat-is-this-my-bank-stranger = This chat isn’t linked yet, so there are no words to compare. Link it from the bank’s own page to be sure.

## Chat: people, and what can’t be done here yet

chat-human-queued = Your request is noted. Nobody from { $bank } answers in this chat at the moment; for an answer now, call { $phone }.
chat-human-already = Your request is noted already. For an answer now, call { $phone }.
chat-freeze-unavailable = I can’t freeze cards here yet. Please call { $phone } now; they answer day and night.
chat-payment-unavailable = I can’t send money here yet. Please use { $bank }’s app, or call { $phone }.
chat-limit-unavailable = I can’t set spending limits here yet. { $bank } can do it: { $phone }.
chat-offers-none = I have no offers, and I show none unless you ask for them on the bank’s page.
chat-dispute = If you didn’t make a payment, call { $phone } now and ask them to block the card. I’ve noted that you reported it.
chat-cards-unavailable = I can’t change card settings here yet. { $bank } can: { $phone }.

## Chat: what goes wrong

chat-secret-card = That looked like a card number. I did not keep it. Please never send it in a chat: the bank will never ask for it.
chat-secret-pin = That looked like a PIN or security code. I did not keep it. Nobody from { $bank } will ever ask for it.
chat-secret-code = That looked like a one-time code. I did not keep it. If someone asked you for it, it’s a scam: call { $phone }.
chat-secret-removed = [removed]
chat-too-long = That message is too long for me. Please keep it under { $limit } characters.
chat-attachment = I can’t take pictures or files. Please write it in words.
chat-rate-limited = That was a lot at once. Please wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
} and try again.
chat-error = Something went wrong on our side. Nothing was changed and nothing was shared. Please try again in a moment.
chat-bank-unreachable = The bank’s system doesn’t answer right now. Please try again in a few minutes.
chat-suspended = { $bank } has paused this service here. For anything urgent call { $phone }.
chat-receipt = Receipt { $number }

## Chat: on other channels

channel-numbered = Answer with a number:
channel-row = { $label }: { $value }
channel-row-hint = { $label }: { $value } ({ $hint })
channel-media = I can only read words here. Please write what you need.
channel-left = You won’t get messages from { $bank } here any more. Write START to begin again.
channel-waiting = { $bank } has a message for you. Reply here to read it.
channel-elsewhere = I’ve sent the rest to your phone.
channel-moved = This account of yours here has changed, so I stopped sharing anything in this chat. Please link it again.
channel-hello = hello
channel-yes = yes
channel-no = no
channel-hold-on = One moment.
channel-late = The answer isn’t ready yet. Ask me again in a moment, or look on { $bank }’s own page.
channel-earlier = Earlier: { $words }
channel-again = What else would you like to know?
channel-aside = There is more on { $bank }’s own page, for your eyes only.
channel-own-page = You’ll find it on { $bank }’s own page.
channel-withheld = The answer isn’t shown in e-mail, where many could read it. Only you can open it on your bank’s own page.
channel-asked-elsewhere = You asked for this in another channel.
channel-about = about { $amount }
channel-minus = minus { $amount }
channel-account = { $name }, ending in { $tail }
chat-code-ask = To link it, sign in at { $bank }, choose “Link by code”, and tell me the code here.
chat-code-said = I have the code. Now choose these words on { $bank }’s own page: { $phrase }. If you didn’t ask for the code there yourself, tell nobody these words.
chat-code-wrong = That code opens nothing here. Get a new one on { $bank }’s own page. After several wrong ones I stop listening for an hour.

## Why something was refused

refusal-not-yet-given = You haven’t allowed this yet.
refusal-rejected = You refused this, so nothing is shared.
refusal-revoked = You ended this permission.
refusal-expired = Your permission has run out.
refusal-consumed = Your permission was for one time and has been used.
refusal-paused = Your permission is paused.
refusal-other-party = Your permission is for someone else.
refusal-other-purpose = Your permission is for another purpose.
refusal-out-of-scope = Your permission doesn’t cover this kind of data.
refusal-other-account = Your permission doesn’t cover this account.
refusal-customer-absent = This is only shared while you’re here yourself.
refusal-too-long-ago = Your permission doesn’t reach back so far.
refusal-policy = { $bank }’s own rules don’t allow this here.
refusal-how-to-fix = You can change that on your bank’s page.

## Permissions about to run out

expiry-soon = Your permission for { $party } runs out in { $days ->
    [one] one day
   *[other] { $days } days
}, on { $date }. Renew it if you still want it; otherwise do nothing.
expiry-today = Your permission for { $party } runs out today. After that it sees nothing.
expiry-over = Your permission for { $party } has run out. It sees nothing any more.

## Names: kinds of data

cluster-accounts = which accounts you have
cluster-balances = your balances
cluster-transactions = your payments and their totals
cluster-recurring = what repeats and comes next
cluster-account-numbers = your account numbers
cluster-cards = your cards and whether they work

## Names: how much is shown

level-answer = Yes or no
level-answer-hint = Only the answer to a question, such as “is there enough?”
level-summary = Rounded
level-summary-hint = Rounded figures and totals
level-masked = Amounts
level-masked-hint = Amounts and dates; no merchants, no account numbers
level-detail = Everything
level-detail-hint = All that you see yourself
level-link = Only a link to your bank’s own view
level-none = Nothing

## Names: purposes, each with one sentence why

purpose-account-information = showing you your accounts
purpose-account-information-why = So that you can ask about balances and payments here.
purpose-fraud-alerts = warning you of fraud
purpose-fraud-alerts-why = So that you hear at once when something looks wrong.
purpose-support = answering your questions
purpose-support-why = So that whoever helps you sees what you’re asking about.
purpose-account-management = managing your account
purpose-account-management-why = So that you can change settings, such as freezing a card.
purpose-payments = sending and requesting money
purpose-payments-why = So that you can pay people from here.
purpose-orders = ordering from shops
purpose-orders-why = So that you can order and pay without giving your card away.
purpose-offers = offers from your bank
purpose-offers-why = Only if you want them. Nothing else depends on it.

## Names: categories

category-salary = Salary
category-income = Other income
category-housing = Rent and mortgage
category-utilities = Utilities
category-groceries = Groceries
category-eating-out = Eating out
category-transport = Transport
category-travel = Travel
category-shopping = Shopping
category-subscriptions = Subscriptions
category-health = Health
category-leisure = Leisure
category-education = Education
category-insurance = Insurance
category-cash = Cash
category-transfer = Transfers
category-fees = Fees
category-refund = Refunds
category-other = Other

## Names: accounts, cards, rhythms

account-checking = Current account
account-savings = Savings
account-credit-card = Credit card
account-named = { $name } ••{ $tail }
card-active = Active
card-frozen = Frozen
card-closed = Closed
rhythm-weekly = every week
rhythm-fortnightly = every two weeks
rhythm-monthly = every month
rhythm-quarterly = every three months
rhythm-yearly = every year

## Names: fields, as the log names them

field-answer = a yes or no
field-account-name = the name of an account
field-account-tail = the last digits of an account
field-account-number = an account number
field-balance-rounded = a rounded balance
field-balance-amount = the balance
field-balance-available = what is available
field-transaction-sum = totals of payments
field-transaction-amount = amounts and dates
field-transaction-category = categories
field-transaction-merchant = who was paid
field-transaction-memo = notes and places
field-recurring-amount = amounts that repeat
field-recurring-counterparty = who is paid regularly
field-card-state = cards and whether they work

## Names: states of a permission, and who can read along

state-awaiting = Waiting for you
state-authorised = Active
state-paused = Paused
state-rejected = Refused
state-revoked = Ended
state-expired = Run out
state-consumed = Used
ceiling-bank-owned = The bank’s own channel: nobody reads along
ceiling-end-to-end = Encrypted end to end: the operator can’t read it
ceiling-spoken = Spoken: others may hear it
ceiling-platform = The operator can read along
ceiling-assistant = Your AI assistant: whoever runs it can read what it is told

## Dates and times

date-today = today
date-yesterday = yesterday
date-tomorrow = tomorrow
date-range = { $from } to { $to }
date-in-month = in { $month }
date-all-time = all time
date-since = since { $date }
date-until = until { $date }
date-on = on { $date }
date-days-left = { $days ->
    [one] one day left
   *[other] { $days } days left
}
date-minutes-ago = { $minutes ->
    [one] a minute ago
   *[other] { $minutes } minutes ago
}
date-hours-ago = { $hours ->
    [one] an hour ago
   *[other] { $hours } hours ago
}
date-days-ago = { $days ->
    [one] yesterday
   *[other] { $days } days ago
}
date-just-now = just now
date-never = never

## Navigation and buttons

nav-home = Home
nav-accounts = Accounts
nav-chat = Chat
nav-connections = Permissions
nav-log = Who saw what
nav-data = My data
nav-stop-all = STOP ALL
nav-sign-out = Sign out
nav-passkeys = Passkeys
nav-language = Language
nav-skip = Skip to content
nav-main = Main navigation
nav-theme = Light or dark
button-allow = Allow
button-allow-less = Allow less
button-refuse = Refuse
button-continue = Continue
button-back = Back
button-cancel = Cancel
button-confirm = Confirm
button-save = Save
button-send = Send
button-search = Search
button-clear-filter = Show everything
button-pause = Pause
button-resume = Let it go on
button-narrow = Allow less
button-renew = Renew
button-revoke = End it
button-verify = Verify
button-download = Download
button-copy = Copy
button-copied = Copied
button-try-again = Try again
button-close = Close
button-change = Change
button-unlink = Unlink
button-check = Check

## Page: the chat

page-chat-title = Chat with { $bank }
page-chat-input = Write a message
page-chat-empty = Say hello, or ask about your balance.
page-chat-typing = { $bank } is writing
page-chat-sent = Sent
page-chat-delivered = Delivered
page-chat-read = Read
page-chat-failed = Not sent
page-chat-reconnecting = Connecting again…
page-chat-you = You
page-chat-sending = Sending
page-chat-newer = New messages
page-chat-earlier = Earlier messages
page-chat-quick = Suggested replies
page-chat-check = Check for an answer
page-chat-from-you = From you
page-chat-to-you = To you
page-chat-nothing-passed = Nothing has passed yet.
page-chat-unread = { $count ->
    [one] One new message
   *[other] { $count } new messages
}
page-chat-platform-sees = What the platform sees
page-chat-platform-note = This chat behaves as if { $party } could read along. On the right is exactly what it would see.

## Page: the chat on a site of the bank

page-widget-unavailable = The chat can’t be shown on this page.
page-widget-open = Open it in a new tab
page-widget-forgotten = This browser doesn’t let the chat stay on this page.
page-sample-title = A page of { $bank }’s own site
page-sample-lead = It stands for the bank’s site and has another origin than the chat. One script tag puts the chat here: press the button in the corner.
page-sample-learns = What this page learns
page-sample-nothing = How many messages are new, and whether the chat is open. Nothing else: the chat runs in a frame of the bank’s own origin.
page-sample-tag = What puts it here

## Page: sign in and passkeys

page-sign-in-title = Sign in to { $bank }
page-sign-in-intro = Use your passkey: your fingerprint, your face or your device’s PIN. There is no password to forget or to steal.
page-sign-in-button = Sign in with a passkey
page-sign-in-demo = Sign in as { $name } (demo)
page-sign-in-demo-note = Demo only: for devices without a passkey. A real bank never shows this.
page-sign-in-failed = That didn’t work. Try again, or use another device that has your passkey.
page-sign-in-no-support = This browser can’t use passkeys. Try a newer one, or your phone.
page-passkey-add-title = Create a passkey
page-passkey-add-intro = It stays on your device. The bank never sees your fingerprint or your face.
page-passkey-add-button = Create a passkey
page-passkey-confirm = Please confirm with your passkey that it’s you.
page-passkeys-title = Your passkeys
page-passkeys-intro = A passkey signs you in and confirms what matters. Keep two, on different devices.
page-passkeys-none = You have no passkey yet.
page-passkey-name = A name for it
page-passkey-name-hint = Such as “my phone”, so that you recognise it.
page-passkey-unnamed = Passkey
page-passkey-added = Added { $date }
page-passkey-used = last used { $date }
page-passkey-remove = Remove
page-passkey-last = This is your only passkey. Add another one before you remove it.
page-passkey-cancelled = Nothing was done. Try again when you’re ready.
page-passkey-failed = That passkey was not accepted. Nothing was changed; try again.
page-invite-title = Set up how you sign in to { $bank }
page-invite-intro = A passkey replaces the password: it stays on your phone or computer, and only your fingerprint, your face or the device’s PIN unlocks it.
page-invite-once = This link works once and not for long. Don’t pass it on: whoever opens it can sign in as you.
page-invite-closed-title = This link doesn’t open any more
page-invite-used = It was used already. If that was you, sign in with your passkey. If it wasn’t, call { $bank } at once: { $phone }.
page-invite-ran-out = It was good for a short time only. Call { $bank } and ask for a new one: { $phone }.
page-invite-unknown = We don’t know this link. Check that you opened all of it, or call { $bank } and ask for a new one: { $phone }.
page-confirm-title = Is it you?
page-confirm-button = Confirm with my passkey
page-confirm-demo = Confirm as { $name } (demo)
page-signed-out = You’re signed out.

## Page: home and the secure view

page-front-lead = Banking in any chat, with the data staying on the bank’s side. Choose a bank.
page-home-title = Hello { $name }
page-home-intro = Your accounts, and who may see them.
page-home-sees = { $count ->
    [one] One permission is active: see who may look
   *[other] { $count } permissions are active: see who may look
}
page-home-all = See all
page-secure-title = For your eyes only
page-secure-note = You are on { $bank }’s own page. { $party } can’t see this.
page-secure-expires = This view closes in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
page-number-iban = IBAN
page-number-bic = BIC
page-number-routing = Routing number
page-number-account = Account number
page-number-sort-code = Sort code

## Page: link a chat

page-link-title = Link this chat
page-link-intro = You’re about to link a chat in { $party } to your account. It sees nothing until you allow it.
page-link-phrase = Compare these words with the ones in the chat:
page-link-phrase-warning = If they differ, stop here: someone may be pretending to be { $bank }.
page-link-button = They match: link the chat
page-link-refuse = They don’t match
page-link-done = Linked. You can go back to the chat.
page-link-refused = Not linked. Thank you for checking.
page-link-back = Back to the chat
page-link-return = You can close this tab and go on in your chat.
page-link-allowed = Allowed. It holds from now on.
page-link-foreign = This link was made for someone else. If it’s yours, sign in as the person who asked for it; otherwise ask for a new one in your own chat.
page-code-title = Link by code
page-code-intro = For voice assistants, and wherever you can’t open a link. You get a code here, and say or type it there.
page-code-channel = Where do you want to bank?
page-code-make = Get a code
page-code-again = Get a new code
page-code-yours = Your code for { $party }
page-code-how = Say or type it in { $party }. It works once, for ten minutes, and only there.
page-code-warning = Never tell this code to a person, not even to one who says they’re from { $bank }.
page-code-check = I’ve said it
page-code-waiting = Nobody has said this code yet.
page-code-choose = Which words did { $party } tell you?
page-code-choose-hint = Go by your own device alone. If a person told you the words, choose the last answer: they want your accounts.
page-code-none = None of these
page-code-confirm = Link the chat
page-code-mismatch = Not linked: these aren’t the chat’s words. The code is used up.
page-code-many = You’ve asked for several codes already. Try again in an hour.
page-code-nowhere = No chat of { $bank } can be linked by code yet.
page-code-consent = Decide what it may see

## Connecting an AI assistant

page-assistant-unverified = The app calls itself “{ $party }”. Your bank has not checked that name.
page-assistant-host = Your answer goes back to { $host }.
page-assistant-local = Your answer goes back to an app on this device.
page-assistant-back-title = Back to { $party }
page-assistant-back-allowed = You allowed it. You are being taken back to the app.
page-assistant-back-refused = You refused. Nothing was shared. You are being taken back to the app.
page-assistant-back-button = Go back to the app
page-assistant-over = This request is over. Begin again in the app.
page-assistant-broken = The app that sent you here made a mistake. Nothing was shared.

## Page: decide on a permission

page-consent-title = { $party } asks for your permission
page-consent-check-title = Check before you allow
page-consent-less-title = What may { $party } see?
page-consent-who = Who
page-consent-why = Why
page-consent-what = What it would see
page-consent-how-much = How much
page-consent-levels = What the choices mean
page-consent-accounts = Which accounts?
page-consent-accounts-hint = None is chosen for you.
page-consent-sample = This is exactly what would be sent now:
page-consent-example = For example, this is what would be sent now about { $account }:
page-consent-sample-none = Nothing of this can be sent as it stands.
page-consent-duration = For how long?
page-consent-once = Just once
page-consent-days = { $days ->
    [one] For one day
   *[other] For { $days } days
}
page-consent-history = Payments of the last { $days ->
    [one] day
   *[other] { $days } days
}
page-consent-history-title = How far back?
page-consent-when = When?
page-consent-always = Also while you’re away, to warn you for instance
page-consent-present = Only while you’re in the chat yourself
page-consent-not-shared = What is never shared
page-consent-not-shared-list = Card numbers, PINs and codes; anything for advertising, profiles, resale or training.
page-consent-back-out = You can end this at any time with one tap, or by writing “stop sharing”.
page-consent-choose-account = Choose at least one account.
page-consent-choose-data = Choose at least one kind of data.
page-consent-lapsed = This request has lapsed. Ask again in the chat.
page-consent-decided = You’ve already decided on this.

## Page: permissions

page-connections-title = Your permissions
page-connections-intro = Everyone who may see something of yours. End any of them with one tap.
page-connections-none = Nobody may see anything of yours.
page-connections-last = Last looked: { $time }
page-connections-count = { $count ->
    [one] Looked once in 30 days
   *[other] Looked { $count } times in 30 days
}
page-connections-expiry = Until { $date }
page-connections-ended = Ended
page-connections-chats = Linked chats
page-connections-chats-note = These chats know who you are. Unlinking empties the chat.
page-connections-revoked = Ended. { $party } sees nothing any more.
page-connections-paused = Paused. { $party } sees nothing for now.
page-connections-resumed = { $party } may look again.
page-connections-narrowed = Done. { $party } now sees less.
page-connections-renewed = Renewed until { $date }.
page-connections-renew-note = Everything stays as it is, until { $date }.
page-connections-narrow-title = Allow { $party } less
page-connections-renew-title = Allow { $party } for longer?

## Page: the disclosure log

log-title = Who saw what
log-intro = Every piece of your data that left the bank, sealed so that nobody can change or drop an entry unnoticed.
log-none = Nothing has left the bank.
log-none-found = No entry fits your search.
log-search = Search
log-filter-party = Who
log-filter-kind = What
log-filter-from = From
log-filter-to = To
log-any = All
log-kind-shown = Shown or refused
log-kind-allowed = Allowed by you
log-kind-changed = Changed by you
log-kind-ended = Ended
log-kind-chats = Chats linked
log-newer = Newer
log-older = Older
log-saw = { $party } saw: { $what } of { $account }
log-saw-general = { $party } saw: { $what }
log-saw-nothing = { $party } asked for { $what } and was refused
log-saw-answer = { $party } was told: { $what }
log-granted = You allowed { $party }: { $what }
log-renewed = You allowed { $party } for longer
log-narrowed = You allowed { $party } less
log-paused = You paused { $party }
log-resumed = You let { $party } go on
log-revoked = You ended the permission of { $party }
log-revoked-bank = { $bank } ended the permission of { $party }
log-expired = The permission of { $party } ran out
log-outcome = { $party } was sent: { $what }
log-channel-withdrawn = { $party } was asked to delete what it had
log-cleared = You cleared your history
log-agent-view = { $name } of { $bank } looked at: { $what }
log-linked = You linked a chat in { $party }
log-unlinked = A chat in { $party } was unlinked
log-passkey-added = You created a passkey with an invitation from { $bank }
log-passkey-created = You created a passkey
log-passkey-removed = You removed a passkey
log-rejected = You refused { $party }
log-consumed = The permission of { $party } for one time was used
log-hold = { $bank } noted or lifted a legal hold
log-other = { $bank } noted something
log-tag-refused = Refused
log-tag-less = Less than asked
log-detail-title = What was sent
log-detail-bytes = The very bytes that were sent
log-detail-recorded = The very bytes that were recorded
log-detail-size = { $count ->
    [one] one byte
   *[other] { $count } bytes
}
log-detail-withheld = Left out
log-detail-withheld-consent = because you allowed less
log-detail-withheld-channel = because { $party } could read it
log-detail-withheld-policy = because { $bank }’s rules don’t allow it
log-detail-withheld-none = Nothing was left out.
log-detail-purpose = Purpose
log-detail-level = How much
log-detail-consent = Permission
log-detail-receipt = Receipt
log-detail-time = When
log-detail-policy = Bank’s rules in force
log-detail-build = Program
log-detail-version = { $id }, version { $number }
log-verify-intro = Check for yourself that this entry stands in the log, unchanged.
log-verify-ok = Verified: the entry stands in the log, unchanged.
log-verify-waiting = The entry is sealed; its proof will be ready in a moment.
log-verify-failed = This entry does not match the log. Please tell { $bank }: { $phone }.
log-step-record = The record leads to its commitment
log-step-body = What was sent is what the record names
log-step-chain = The record names the one before it
log-step-leaf = The public log holds its leaf
log-step-path = The path leads to the signed root
log-step-signature = The log’s key signed that root
log-step-head = The map of newest entries counts yours: none was left out
log-checked = Checked { $time }
log-path = The way from the entry to the root
log-checkpoint = The signed checkpoint
log-verify-yourself = Check it on your own machine
log-verify-how = Download your log and run “bankside verify-log”. It asks nobody and needs only the bank’s public key.
log-export = Download my log with its proofs
log-proof = Proof
log-proof-download = Download the proof
log-proof-position = Entry { $index } of { $size }

## Page: what each platform has learnt

page-learnt-title = What each platform has learnt
page-learnt-intro = What was shown in each channel, the very messages that went there, and what can still be taken back.
page-learnt-none = No platform was sent anything of yours.
page-learnt-kinds = Shown there
page-learnt-times = { $count ->
    [one] once
   *[other] { $count } times
}
page-learnt-nothing = Words and links only, no data of yours.
page-learnt-messages = The messages that went there
page-learnt-newest = The newest { $count } messages are shown.
page-learnt-open = Can be taken back
page-learnt-until = Can be taken back until { $time }
page-learnt-asked = Being taken back
page-learnt-taken = Taken back { $time }
page-learnt-never = Stays there: nothing can be taken back from this channel
page-learnt-late = Stays there: the time for taking it back is over
page-learnt-unnamed = Stays there: its operator gave no way to name it
page-learnt-refused = Stays there: its operator refused
page-learnt-gone = Stays there: its operator no longer reaches you
page-learnt-gave-up = Stays there: its operator didn’t answer for a day
page-learnt-unreadable = These words can no longer be opened.
page-learnt-button = Take back everything that can be
page-learnt-note = We ask the operators to delete these messages. What somebody copied elsewhere, nobody can take back.
page-learnt-done = { $count ->
    [one] Asked for: one message is being taken back.
   *[other] Asked for: { $count } messages are being taken back.
}
page-learnt-done-none = There is nothing more that can be taken back.
page-learnt-wishes = What became of it
page-learnt-wish-asked = You asked { $party } to delete what it had
page-learnt-wish-unlinked = A chat in { $party } was unlinked
page-learnt-wish-cleared = You cleared your history, and with it a chat in { $party }
page-learnt-count-taken = { $count ->
    [one] one message taken back
   *[other] { $count } messages taken back
}
page-learnt-count-open = { $count ->
    [one] one under way
   *[other] { $count } under way
}
page-learnt-count-kept = { $count ->
    [one] one stays there
   *[other] { $count } stay there
}

## Page: my data

page-data-title = My data
page-data-intro = Everything kept here about you: take a copy, or have it erased.
page-data-export-title = Take a copy
page-data-export-json = Everything (JSON)
page-data-export-csv = As a table (CSV)
page-data-clear-title = Clear history
page-data-clear-intro = Your messages and what was shared become unreadable for everyone, for good. This can’t be undone.
page-data-clear-goes = What goes
page-data-clear-goes-list = Your messages here, the contents of your log, links and permissions.
page-data-messages = Messages
page-data-entries = Entries of your log
page-data-clear-stays = What must stay, and why
page-data-clear-stays-bank = Your accounts and payments at { $bank }: the law makes the bank keep its books.
page-data-clear-stays-log = The sealed log without its contents: it says nothing about you, and keeps everyone’s proofs valid.
page-data-clear-stays-channel = Copies in { $party }: we ask for deletion and show you the answer.
page-data-clear-stays-hold = What is under a legal hold, until { $date }.
page-data-clear-button = Clear my history
page-data-clear-done = Your history is cleared. Here is your signed receipt.
page-data-held = Your history can’t be cleared now: a legal hold keeps it ({ $reason }).
page-data-under-way = It’s under way: nobody can read your history any more. The signed receipt follows here.
page-data-receipt = Download the signed receipt
page-data-cleared = You last cleared your history: { $time }

## Page: is this my bank?

page-bank-title = Is this my bank?
page-bank-intro = Compare the words below with those in the chat. If they match, you’re talking to { $bank }.
page-bank-no-chat = No chat is linked to you.
page-bank-receipt = Check a message
page-bank-receipt-hint = Enter the receipt number that stands under it.
page-bank-genuine = Genuine: { $bank } sent it, { $time }.
page-bank-unknown = { $bank } sent you no message with this number. If you got one, don’t answer it; call { $phone }.

## Page: STOP ALL

page-stop-all-title = STOP ALL
page-stop-all-intro = Ends every permission at once: every chat, every app. Nothing more leaves the bank until you allow it again.
page-stop-all-button = Stop everything now
page-stop-all-done = Everything is stopped.

## Errors on pages

error-title = That didn’t work
error-summary = There is a problem
error-link-expired = This link has run out or was used already. Ask for a new one in the chat.
error-wrong-origin = This request didn’t come from { $bank }’s own page, so nothing was done. Open the page again and retry.
error-session-ended = You’ve been signed out to keep you safe. Sign in again; nothing is lost.
error-form-stale = This page was open for too long. Load it again; nothing was changed.
error-already-done = That was done already; nothing was done twice.
error-too-many = That was too often. Please wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
error-not-found = There is nothing at this address.
error-not-yours = This isn’t yours to see.
error-server = Something broke on our side. Nothing was changed. Please try again in a moment.
error-too-large = That is more than this page can take.
error-bad-input = Please check “{ $field }”.
error-suspended = { $bank } has paused this. Please try again later.
