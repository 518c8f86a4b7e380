### Spanish. The same messages in the same order as in en.ftl.

## Chat: meeting

chat-greeting = ¡Hola, { $name }! Pregúntame por tu saldo, tus gastos o lo que viene.
chat-greeting-nameless = ¡Hola! Pregúntame por tu saldo, tus gastos o lo que viene.
chat-greeting-stranger = ¡Hola! Soy el asistente de { $bank }. Para ver tus cuentas aquí, primero vincula este chat.
chat-welcome-back = Qué bueno verte de nuevo, { $name }. ¿Qué quieres saber?
chat-thanks = De nada.
chat-goodbye = ¡Hasta pronto!
chat-smalltalk = Soy el asistente de { $bank }, un programa informático. Se me dan bien los saldos, los pagos y los gastos; la conversación, no tanto.
chat-abuse = Siento que esto sea frustrante. ¿Quieres hablar con una persona?
chat-help = Esto es lo que puedo hacer:
chat-help-balances = Saldos: «¿Cuál es mi saldo?»
chat-help-transactions = Pagos: «¿Qué compré en Mercadona el mes pasado?»
chat-help-spending = Gastos: «¿En qué se me fue el dinero en marzo?»
chat-help-recurring = Lo que se repite y lo que viene: «¿Cuándo toca el alquiler?»
chat-help-enough = Consultas rápidas: «¿Me alcanza para 200?»
chat-help-privacy = Tus datos: «¿Qué has compartido?», «¿Quién puede ver esto?», «Deja de compartir», «Parar todo»
chat-help-human = Una persona: «Hablar con alguien»
chat-unknown = No te he entendido. Puedo mostrarte saldos, pagos y gastos, o avisar a una persona.
chat-unknown-again = Sigo sin entenderlo. Prueba con «saldo» o «últimos cinco pagos», o di «persona» para hablar con { $bank }.
chat-ambiguous = ¿Te refieres a una de estas?
chat-which-account = ¿Qué cuenta?
chat-which-amount = ¿Qué importe quieres decir?
chat-nothing-before = No sé a qué te refieres. ¿Puedes hacer la pregunta completa?
chat-yes = Sí
chat-no = No
chat-cancelled = De acuerdo, lo dejo como está.
chat-language-switched = De acuerdo, a partir de ahora te escribo en español.
chat-language-which = ¿Qué idioma prefieres?

## Chat: choices that one tap gives

choice-balance = Saldo
choice-payments = Últimos pagos
choice-spending = Gastos de este mes
choice-recurring = Suscripciones
choice-upcoming = Lo que viene
choice-shared = ¿Qué has compartido?
choice-stop = Deja de compartir
choice-stop-all = Parar todo
choice-person = Hablar con una persona
choice-help = Ayuda
choice-more = Ver más
choice-last-month = ¿Y el mes pasado?
choice-link = Vincular este chat
choice-number = Número de cuenta
choice-dispute = No reconozco un pago

## Chat: linking and consent

chat-not-linked = Todavía no sé quién eres. Vincula este chat con tu cuenta en { $bank }; tardas un minuto y solo necesitas tu clave de acceso.
chat-link-label = Vincular este chat
chat-link-words = La página del banco debe mostrar las mismas palabras: { $phrase }
chat-linked = Vinculado. ¡Hola, { $name }! Si la página de { $bank } muestra las palabras «{ $phrase }», hablas con el banco de verdad.
chat-already-linked = Este chat ya está vinculado contigo, { $name }.
chat-already-linked-nameless = Este chat ya está vinculado contigo.
chat-unlinked = Hecho: este chat ya no está vinculado contigo y aquí no se comparte nada.
chat-consent-needed = Antes de mostrar aquí { $what }, necesito tu permiso. Tú eliges qué y por cuánto tiempo, y puedes retirarlo cuando quieras.
chat-consent-label = Revisar y decidir
chat-consent-granted = Gracias. { $party } puede ver { $what } hasta el { $until }. Di «deja de compartir» para retirarlo.
chat-consent-granted-once = Gracias. { $party } puede ver { $what } solo esta vez.
chat-consent-refused = De acuerdo, no se comparte nada. Puedes cambiar de idea cuando quieras.
chat-consent-list = Has dado { $count ->
    [one] un permiso
   *[other] { $count } permisos
}. Aquí puedes verlos, reducirlos o retirarlos:
chat-consent-none = No has dado ningún permiso: no se comparte nada.
chat-consent-expires = Tu permiso para { $party } termina el { $until }.
chat-consent-why = { $party } lo necesita para una sola cosa: { $purpose }. Anuncios, perfiles, reventa y entrenamiento quedan descartados.
chat-consent-paused = En pausa. { $party } no ve nada hasta que tú lo reanudes.
chat-consent-resumed = { $party } puede volver a ver { $what } hasta el { $until }.
chat-consent-renew-label = Renovar
chat-consent-manage-label = Tus permisos

## Chat: balances

chat-balances-intro = Esto es lo que tienes a las { $time }:
chat-balances-row = { $account }: { $amount }
chat-balances-total = En total: { $amount }
chat-balance-one = { $account }: { $amount } a las { $time }.
chat-balance-available = Disponible: { $amount }
chat-balance-rounded = { $account }: unos { $amount }.
chat-balance-none = No encuentro ninguna cuenta tuya que encaje.

## Chat: when the channel may not show it

chat-withheld = Los detalles están en la vista propia de tu banco. { $party }, que gestiona este chat, podría leerlos aquí.
chat-withheld-spoken = Eso no lo digo en voz alta. Está en la vista propia de tu banco, solo para tus ojos.
chat-withheld-label = Abrir la vista de tu banco
chat-withheld-once = El enlace sirve una sola vez y pide tu clave de acceso.

## Chat: payments and spending

chat-transactions-intro = { $count ->
    [one] Un pago
   *[other] { $count } pagos
}, { $period }:
chat-transactions-latest = { $count ->
    [one] Tu último pago:
   *[other] Tus últimos { $count } pagos:
}
chat-transactions-filtered = { $count ->
    [one] Un pago
   *[other] { $count } pagos
} ({ $filter }), { $period }:
chat-transactions-more = { $count ->
    [one] Hay uno más
   *[other] Hay { $count } más
}. Di «ver más».
chat-transactions-none = No encuentro pagos, { $period }.
chat-transactions-none-filtered = No encuentro pagos ({ $filter }), { $period }.
chat-transactions-largest = El mayor fue de { $amount } a { $merchant }, { $date }.
chat-transactions-smallest = El menor fue de { $amount } a { $merchant }, { $date }.
chat-transactions-sum = Ha salido: { $spent }. Ha entrado: { $received }.
chat-transactions-pending = pendiente
chat-spending-intro = Tus gastos, { $period }:
chat-spending-by-month = Tus gastos por mes:
chat-spending-total = En total { $amount }, { $period }.
chat-spending-one = { $what }: { $amount }, { $period }.
chat-spending-none = No gastaste nada, { $period }.
chat-spending-more = Son { $amount } más que { $period }.
chat-spending-less = Son { $amount } menos que { $period }.
chat-spending-same = Más o menos lo mismo que { $period }.
period-recent = en los últimos 90 días
chat-chart-title = Gastos, { $period }

## Chat: what repeats and comes next

chat-recurring-intro = { $count ->
    [one] Un cargo se repite:
   *[other] { $count } cargos se repiten:
}
chat-recurring-row = { $name }: { $amount }, { $rhythm }
chat-recurring-next = Próximo: { $date }
chat-recurring-none = No veo nada que se repita.
chat-recurring-monthly = En total, unos { $amount } al mes.
chat-upcoming-salary = Tu nómina suele llegar hacia el { $date }: unos { $amount }.
chat-upcoming-rent = El alquiler toca hacia el { $date }: { $amount }.
chat-upcoming-bill = { $name } toca hacia el { $date }: { $amount }.
chat-upcoming-intro = Lo que viene:
chat-upcoming-none = No veo nada próximo.
chat-upcoming-unsure = Aún no veo una pauta clara, así que prefiero no adivinar.

## Chat: account number, quick checks

chat-number = Tu número de cuenta solo se muestra en la vista propia de tu banco, nunca en un chat.
chat-numbers-intro = Estos son tus números de cuenta en { $bank }. Dáselos solo a quien deba pagarte.
chat-number-label = Ver el número de cuenta
chat-enough-yes = Sí, te alcanza para { $amount }.
chat-enough-no = No, ahora mismo no te alcanza para { $amount }.
chat-enough-how-much = ¿Para qué? Dime un importe.
chat-enough-bill-unknown = No sé cuánto cuesta «{ $name }». Dime el importe.

## Chat: taking back, and asking who sees

chat-stop-done = Hecho. { $party } no ve nada más desde ahora.
chat-stop-done-count = Hecho. { $count ->
    [one] Un permiso retirado
   *[other] { $count } permisos retirados
}; aquí ya no se comparte nada.
chat-stop-nothing = Aquí no se comparte nada, así que no hay nada que parar.
chat-stop-all-done = Todo está parado: { $count ->
    [one] un permiso retirado
   *[other] { $count } permisos retirados
}, en todos los chats y aplicaciones. Vale desde este momento.
chat-stop-all-nothing = No había nada que parar: ningún chat ni aplicación tiene tu permiso.
chat-shared-intro = En los últimos 30 días se { $count ->
    [one] compartió una cosa
   *[other] compartieron { $count } cosas
}:
chat-shared-row = { $party }: { $count ->
    [one] una vez
   *[other] { $count } veces
}
chat-shared-none = No se compartió nada en los últimos 30 días.
chat-shared-label = Ver cada anotación
chat-sees-bank-owned = Solo tú y { $bank }. Es el chat propio del banco; no hay nadie en medio.
chat-sees-end-to-end = Tú y { $bank }. { $party } lleva los mensajes cifrados y no puede leerlos; solo sabe que escribes y cuándo.
chat-sees-spoken = Tú, { $bank }, { $party }, que gestiona el servicio de voz, y quien pueda oírlo. Por eso digo poco en voz alta.
chat-sees-platform = Tú, { $bank } y { $party }, que puede leer todo lo de aquí. Por eso envío enlaces a la vista de tu banco en lugar de cifras.
chat-clear-history = Puedes borrar tu historial en la página de tu banco. Allí verás qué se borra y qué tiene que conservar el banco por ley.
chat-clear-history-label = Borrar historial
chat-my-data = Puedes descargar todo lo que el banco guarda aquí sobre ti en su propia página.
chat-my-data-label = Mis datos
chat-is-this-my-bank = Esto es { $bank }. Para asegurarte, abre tú la página del banco: debe mostrar las palabras «{ $phrase }».
chat-is-this-my-bank-label = Comprobar en la página del banco
chat-is-this-my-bank-stranger = Este chat aún no está vinculado, así que no hay palabras que comparar. Vincúlalo desde la página del banco para estar seguro.

## Chat: people, and what can’t be done here yet

chat-human-queued = Tu petición queda anotada. Ahora mismo nadie de { $bank } contesta en este chat; si necesitas respuesta ya, llama al { $phone }.
chat-human-already = Tu petición ya está anotada. Si necesitas respuesta ya, llama al { $phone }.
chat-freeze-unavailable = Aquí todavía no puedo bloquear tarjetas. Llama ahora al { $phone }; atienden de día y de noche.
chat-payment-unavailable = Aquí todavía no puedo enviar dinero. Usa la aplicación de { $bank } o llama al { $phone }.
chat-limit-unavailable = Aquí todavía no puedo poner límites de gasto. { $bank } sí puede: { $phone }.
chat-offers-none = No tengo ofertas, y no muestro ninguna si no las pides en la página del banco.
chat-dispute = Si no hiciste un pago, llama ahora al { $phone } y pide que bloqueen la tarjeta. He anotado que lo has comunicado.
chat-cards-unavailable = Aquí todavía no puedo cambiar nada de las tarjetas. { $bank } sí puede: { $phone }.

## Chat: what goes wrong

chat-secret-card = Eso parecía un número de tarjeta. No lo he guardado. No lo envíes nunca por chat: el banco jamás te lo pedirá.
chat-secret-pin = Eso parecía un PIN o un código de seguridad. No lo he guardado. Nadie de { $bank } te lo pedirá jamás.
chat-secret-code = Eso parecía un código de un solo uso. No lo he guardado. Si alguien te lo ha pedido, es una estafa: llama al { $phone }.
chat-secret-removed = [eliminado]
chat-too-long = El mensaje es demasiado largo. Que no pase de { $limit } caracteres, por favor.
chat-attachment = No puedo recibir fotos ni archivos. Escríbelo con palabras, por favor.
chat-rate-limited = Han sido muchos mensajes seguidos. Espera { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
} y vuelve a intentarlo.
chat-error = Algo ha fallado por nuestra parte. No se ha cambiado ni compartido nada. Vuelve a intentarlo en un momento.
chat-bank-unreachable = El sistema del banco no responde ahora mismo. Vuelve a intentarlo en unos minutos.
chat-suspended = { $bank } ha pausado este servicio aquí. Si es urgente, llama al { $phone }.
chat-receipt = Recibo { $number }

## Chat: on other channels

channel-numbered = Responde con un número:
channel-row = { $label }: { $value }
channel-row-hint = { $label }: { $value } ({ $hint })
channel-media = Aquí solo puedo leer palabras. Escribe lo que necesitas.
channel-left = Ya no recibirás mensajes de { $bank } aquí. Escribe START para volver a empezar.
channel-waiting = { $bank } tiene un mensaje para ti. Responde aquí para leerlo.
channel-elsewhere = Te he enviado el resto al teléfono.
channel-moved = Tu cuenta en este servicio ha cambiado, así que he dejado de compartir datos en este chat. Vuelve a vincularlo.
channel-hello = hola
channel-yes = sí
channel-no = no
channel-hold-on = Un momento.
channel-late = La respuesta aún no está lista. Vuelve a preguntarme dentro de un momento o mira en la página de { $bank }.
channel-earlier = Antes: { $words }
channel-again = ¿Qué más quieres saber?
channel-aside = Hay más en la página de { $bank }, solo para tus ojos.
channel-own-page = Lo encontrarás en la página de { $bank }.
channel-withheld = La respuesta no se muestra por correo, donde muchos podrían leerla. Solo tú puedes abrirla en la página de tu banco.
channel-asked-elsewhere = Pediste esto en otro canal.
channel-about = unos { $amount }
channel-minus = menos { $amount }
channel-account = { $name }, terminada en { $tail }
chat-code-ask = Para vincularlo, entra en la página de { $bank }, elige «Vincular con un código» y dime aquí el código.
chat-code-said = Ya tengo el código. Ahora elige estas palabras en la página de { $bank }: { $phrase }. Si no pediste allí el código, no le digas estas palabras a nadie.
chat-code-wrong = Ese código aquí no abre nada. Pide uno nuevo en la página de { $bank }. Tras varios códigos erróneos dejo de escuchar durante una hora.

## Why something was refused

refusal-not-yet-given = Todavía no lo has permitido.
refusal-rejected = Lo rechazaste, así que no se comparte nada.
refusal-revoked = Retiraste este permiso.
refusal-expired = Tu permiso ha terminado.
refusal-consumed = Tu permiso era para una sola vez y ya se usó.
refusal-paused = Tu permiso está en pausa.
refusal-other-party = Tu permiso es para otra empresa.
refusal-other-purpose = Tu permiso es para otro fin.
refusal-out-of-scope = Tu permiso no incluye este tipo de datos.
refusal-other-account = Tu permiso no incluye esta cuenta.
refusal-customer-absent = Esto solo se comparte mientras estás aquí.
refusal-too-long-ago = Tu permiso no llega tan atrás.
refusal-policy = Las normas de { $bank } no lo permiten aquí.
refusal-how-to-fix = Puedes cambiarlo en la página de tu banco.

## Permissions about to run out

expiry-soon = Tu permiso para { $party } termina en { $days ->
    [one] un día
   *[other] { $days } días
}, el { $date }. Renuévalo si aún lo quieres; si no, no hagas nada.
expiry-today = Tu permiso para { $party } termina hoy. Después no verá nada.
expiry-over = Tu permiso para { $party } ha terminado. Ya no ve nada.

## Names: kinds of data

cluster-accounts = qué cuentas tienes
cluster-balances = tus saldos
cluster-transactions = tus pagos y sus totales
cluster-recurring = lo que se repite y lo que viene
cluster-account-numbers = tus números de cuenta
cluster-cards = tus tarjetas y si funcionan

## Names: how much is shown

level-answer = Sí o no
level-answer-hint = Solo la respuesta a una pregunta, como «¿me alcanza?»
level-summary = Redondeado
level-summary-hint = Cifras redondeadas y totales
level-masked = Importes
level-masked-hint = Importes y fechas; sin comercios ni números de cuenta
level-detail = Todo
level-detail-hint = Todo lo que tú ves
level-link = Solo un enlace a la vista propia de su banco
level-none = Nada

## Names: purposes, each with one sentence why

purpose-account-information = mostrarte tus cuentas
purpose-account-information-why = Para que puedas preguntar aquí por saldos y pagos.
purpose-fraud-alerts = avisarte de fraudes
purpose-fraud-alerts-why = Para que sepas al momento si algo va mal.
purpose-support = responder a tus preguntas
purpose-support-why = Para que quien te ayuda vea de qué hablas.
purpose-account-management = gestionar tu cuenta
purpose-account-management-why = Para que puedas cambiar ajustes, como bloquear una tarjeta.
purpose-payments = enviar y pedir dinero
purpose-payments-why = Para que puedas pagar a personas desde aquí.
purpose-orders = comprar en tiendas
purpose-orders-why = Para que puedas comprar y pagar sin dar tu tarjeta.
purpose-offers = ofertas de tu banco
purpose-offers-why = Solo si las quieres. Nada más depende de ello.

## Names: categories

category-salary = Nómina
category-income = Otros ingresos
category-housing = Alquiler e hipoteca
category-utilities = Suministros
category-groceries = Supermercado
category-eating-out = Restaurantes
category-transport = Transporte
category-travel = Viajes
category-shopping = Compras
category-subscriptions = Suscripciones
category-health = Salud
category-leisure = Ocio
category-education = Educación
category-insurance = Seguros
category-cash = Efectivo
category-transfer = Transferencias
category-fees = Comisiones
category-refund = Devoluciones
category-other = Otros

## Names: accounts, cards, rhythms

account-checking = Cuenta corriente
account-savings = Ahorros
account-credit-card = Tarjeta de crédito
account-named = { $name } ••{ $tail }
card-active = Activa
card-frozen = Bloqueada
card-closed = Cancelada
rhythm-weekly = cada semana
rhythm-fortnightly = cada dos semanas
rhythm-monthly = cada mes
rhythm-quarterly = cada tres meses
rhythm-yearly = cada año

## Names: fields, as the log names them

field-answer = un sí o un no
field-account-name = el nombre de una cuenta
field-account-tail = las últimas cifras de una cuenta
field-account-number = un número de cuenta
field-balance-rounded = un saldo redondeado
field-balance-amount = el saldo
field-balance-available = lo disponible
field-transaction-sum = totales de pagos
field-transaction-amount = importes y fechas
field-transaction-category = categorías
field-transaction-merchant = a quién se pagó
field-transaction-memo = notas y lugares
field-recurring-amount = importes que se repiten
field-recurring-counterparty = a quién se paga con regularidad
field-card-state = tarjetas y si funcionan

## Names: states of a permission, and who can read along

state-awaiting = Pendiente de ti
state-authorised = Activo
state-paused = En pausa
state-rejected = Rechazado
state-revoked = Retirado
state-expired = Terminado
state-consumed = Usado
ceiling-bank-owned = Canal propio del banco: nadie más lee
ceiling-end-to-end = Cifrado de extremo a extremo: quien lo gestiona no puede leerlo
ceiling-spoken = Por voz: otros pueden oírlo
ceiling-platform = Quien lo gestiona puede leerlo
ceiling-assistant = Tu asistente de IA: quien lo gestiona puede leer lo que se le diga

## Dates and times

date-today = hoy
date-yesterday = ayer
date-tomorrow = mañana
date-range = del { $from } al { $to }
date-in-month = en { $month }
date-all-time = desde siempre
date-since = desde el { $date }
date-until = hasta el { $date }
date-on = el { $date }
date-days-left = { $days ->
    [one] queda un día
   *[other] quedan { $days } días
}
date-minutes-ago = { $minutes ->
    [one] hace un minuto
   *[other] hace { $minutes } minutos
}
date-hours-ago = { $hours ->
    [one] hace una hora
   *[other] hace { $hours } horas
}
date-days-ago = { $days ->
    [one] ayer
   *[other] hace { $days } días
}
date-just-now = ahora mismo
date-never = nunca

## Navigation and buttons

nav-home = Inicio
nav-accounts = Cuentas
nav-chat = Chat
nav-connections = Permisos
nav-log = Quién vio qué
nav-data = Mis datos
nav-stop-all = Parar todo
nav-sign-out = Salir
nav-passkeys = Llaves de acceso
nav-language = Idioma
nav-skip = Ir al contenido
nav-main = Navegación principal
nav-theme = Claro u oscuro
button-allow = Permitir
button-allow-less = Permitir menos
button-refuse = Rechazar
button-continue = Continuar
button-back = Volver
button-cancel = Cancelar
button-confirm = Confirmar
button-save = Guardar
button-send = Enviar
button-search = Buscar
button-clear-filter = Mostrar todo
button-pause = Pausar
button-resume = Reanudar
button-narrow = Permitir menos
button-renew = Renovar
button-revoke = Retirar
button-verify = Verificar
button-download = Descargar
button-copy = Copiar
button-copied = Copiado
button-try-again = Reintentar
button-close = Cerrar
button-change = Cambiar
button-unlink = Desvincular
button-check = Comprobar

## Page: the chat

page-chat-title = Chat con { $bank }
page-chat-input = Escribe un mensaje
page-chat-empty = Saluda o pregunta por tu saldo.
page-chat-typing = { $bank } está escribiendo
page-chat-sent = Enviado
page-chat-delivered = Entregado
page-chat-read = Leído
page-chat-failed = No enviado
page-chat-reconnecting = Conectando de nuevo…
page-chat-you = Tú
page-chat-sending = Enviando
page-chat-newer = Mensajes nuevos
page-chat-earlier = Mensajes anteriores
page-chat-quick = Respuestas sugeridas
page-chat-check = Ver si hay respuesta
page-chat-from-you = De ti
page-chat-to-you = Para ti
page-chat-nothing-passed = Todavía no ha pasado nada.
page-chat-unread = { $count ->
    [one] Un mensaje nuevo
   *[other] { $count } mensajes nuevos
}
page-chat-platform-sees = Lo que ve la plataforma
page-chat-platform-note = Este chat se comporta como si { $party } pudiera leerlo. A la derecha está exactamente lo que vería.

## Page: the chat on a site of the bank

page-widget-unavailable = El chat no se puede mostrar en esta página.
page-widget-open = Abrirlo en una pestaña nueva
page-widget-forgotten = Este navegador no deja que el chat se quede en esta página.
page-sample-title = Una página del sitio de { $bank }
page-sample-lead = Representa el sitio del banco y tiene otro origen que el chat. Una sola etiqueta de script pone el chat aquí: pulsa el botón de la esquina.
page-sample-learns = De qué se entera esta página
page-sample-nothing = Cuántos mensajes son nuevos y si el chat está abierto. Nada más: el chat funciona en un marco del origen del propio banco.
page-sample-tag = Qué lo pone aquí

## Page: sign in and passkeys

page-sign-in-title = Entrar en { $bank }
page-sign-in-intro = Usa tu clave de acceso: tu huella, tu cara o el PIN de tu dispositivo. No hay contraseña que olvidar ni que robar.
page-sign-in-button = Entrar con clave de acceso
page-sign-in-demo = Entrar como { $name } (demo)
page-sign-in-demo-note = Solo en la demo: para dispositivos sin clave de acceso. Un banco real nunca muestra esto.
page-sign-in-failed = No ha funcionado. Inténtalo de nuevo o usa otro dispositivo que tenga tu clave de acceso.
page-sign-in-no-support = Este navegador no admite claves de acceso. Prueba con uno más nuevo o con tu teléfono.
page-passkey-add-title = Crear una clave de acceso
page-passkey-add-intro = Se queda en tu dispositivo. El banco nunca ve tu huella ni tu cara.
page-passkey-add-button = Crear una clave de acceso
page-passkey-confirm = Confirma con tu clave de acceso que eres tú.
page-passkeys-title = Tus claves de acceso
page-passkeys-intro = Con una clave de acceso entras y confirmas lo importante. Ten dos, en dispositivos distintos.
page-passkeys-none = Todavía no tienes ninguna clave de acceso.
page-passkey-name = Un nombre para ella
page-passkey-name-hint = Por ejemplo, «mi móvil», para reconocerla.
page-passkey-unnamed = Clave de acceso
page-passkey-added = Añadida { $date }
page-passkey-used = último uso { $date }
page-passkey-remove = Quitar
page-passkey-last = Es tu única clave de acceso. Añade otra antes de quitarla.
page-passkey-cancelled = No se ha hecho nada. Inténtalo de nuevo cuando quieras.
page-passkey-failed = Esa clave de acceso no se ha aceptado. No ha cambiado nada; inténtalo de nuevo.
page-invite-title = Prepara tu acceso a { $bank }
page-invite-intro = Una clave de acceso sustituye a la contraseña: se queda en tu teléfono u ordenador y solo la desbloquean tu huella, tu cara o el PIN del dispositivo.
page-invite-once = Este enlace sirve una sola vez y por poco tiempo. No lo compartas: quien lo abra puede entrar como tú.
page-invite-closed-title = Este enlace ya no se abre
page-invite-used = Ya se usó. Si fuiste tú, entra con tu clave de acceso. Si no, llama enseguida a { $bank }: { $phone }.
page-invite-ran-out = Solo servía por poco tiempo. Llama a { $bank } y pide uno nuevo: { $phone }.
page-invite-unknown = No conocemos este enlace. Comprueba que lo abriste entero, o llama a { $bank } y pide uno nuevo: { $phone }.
page-confirm-title = ¿Eres tú?
page-confirm-button = Confirmar con mi clave de acceso
page-confirm-demo = Confirmar como { $name } (demo)
page-signed-out = Has salido.

## Page: home and the secure view

page-front-lead = Tu banco en cualquier chat, con los datos siempre del lado del banco. Elige un banco.
page-home-title = Hola, { $name }
page-home-intro = Tus cuentas, y quién puede verlas.
page-home-sees = { $count ->
    [one] Hay un permiso activo: vea quién puede mirar
   *[other] Hay { $count } permisos activos: vea quién puede mirar
}
page-home-all = Ver todo
page-secure-title = Solo para tus ojos
page-secure-note = Estás en la página propia de { $bank }. { $party } no puede ver esto.
page-secure-expires = Esta vista se cierra en { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
}.
page-number-iban = IBAN
page-number-bic = BIC
page-number-routing = Número de ruta
page-number-account = Número de cuenta
page-number-sort-code = Código de sucursal

## Page: link a chat

page-link-title = Vincular este chat
page-link-intro = Vas a vincular un chat de { $party } con tu cuenta. No ve nada hasta que tú lo permitas.
page-link-phrase = Compara estas palabras con las del chat:
page-link-phrase-warning = Si son distintas, detente aquí: alguien puede estar haciéndose pasar por { $bank }.
page-link-button = Coinciden: vincular el chat
page-link-refuse = No coinciden
page-link-done = Vinculado. Ya puedes volver al chat.
page-link-refused = No se ha vinculado. Gracias por comprobarlo.
page-link-back = Volver al chat
page-link-return = Puedes cerrar esta pestaña y seguir en tu chat.
page-link-allowed = Permitido. Vale desde ahora.
page-link-foreign = Este enlace es para otra persona. Si es tuyo, entra con la cuenta desde la que lo pediste; si no, pide uno nuevo en tu propio chat.
page-code-title = Vincular con un código
page-code-intro = Para asistentes de voz y donde no puedas abrir un enlace. Aquí recibes un código y allí lo dices o lo escribes.
page-code-channel = ¿Dónde quieres usar tu banco?
page-code-make = Obtener un código
page-code-again = Obtener otro código
page-code-yours = Tu código para { $party }
page-code-how = Dilo o escríbelo en { $party }. Sirve una vez, durante diez minutos y solo allí.
page-code-warning = No le digas este código a ninguna persona, ni siquiera a quien diga ser de { $bank }.
page-code-check = Ya lo he dicho
page-code-waiting = Nadie ha dicho todavía este código.
page-code-choose = ¿Qué palabras te ha dicho { $party }?
page-code-choose-hint = Fíate solo de tu propio dispositivo. Si las palabras te las dijo una persona, elige la última respuesta: quiere tus cuentas.
page-code-none = Ninguna de estas
page-code-confirm = Vincular el chat
page-code-mismatch = No se ha vinculado: no son las palabras del chat. El código ya no sirve.
page-code-many = Ya has pedido varios códigos. Inténtalo de nuevo dentro de una hora.
page-code-nowhere = Todavía no se puede vincular con código ningún chat de { $bank }.
page-code-consent = Decidir qué puede ver

## Connecting an AI assistant

page-assistant-unverified = La aplicación se llama a sí misma «{ $party }». Tu banco no ha comprobado ese nombre.
page-assistant-host = Tu respuesta vuelve a { $host }.
page-assistant-local = Tu respuesta vuelve a una aplicación de este dispositivo.
page-assistant-back-title = Volver a { $party }
page-assistant-back-allowed = Lo has permitido. Te llevamos de vuelta a la aplicación.
page-assistant-back-refused = Lo has rechazado. No se ha compartido nada. Te llevamos de vuelta a la aplicación.
page-assistant-back-button = Volver a la aplicación
page-assistant-over = Esta solicitud ha terminado. Empieza de nuevo en la aplicación.
page-assistant-broken = La aplicación que te envió aquí cometió un error. No se ha compartido nada.

## Page: decide on a permission

page-consent-title = { $party } te pide permiso
page-consent-check-title = Revise antes de permitir
page-consent-less-title = ¿Qué puede ver { $party }?
page-consent-who = Quién
page-consent-why = Por qué
page-consent-what = Qué vería
page-consent-how-much = Cuánto
page-consent-levels = Qué significa cada opción
page-consent-accounts = ¿Qué cuentas?
page-consent-accounts-hint = No hay ninguna elegida de antemano.
page-consent-sample = Esto es exactamente lo que se enviaría ahora:
page-consent-example = Por ejemplo, esto se enviaría ahora sobre { $account }:
page-consent-sample-none = Tal como está, no se puede enviar nada de esto.
page-consent-duration = ¿Por cuánto tiempo?
page-consent-once = Solo una vez
page-consent-days = { $days ->
    [one] Por un día
   *[other] Por { $days } días
}
page-consent-history = Pagos { $days ->
    [one] del último día
   *[other] de los últimos { $days } días
}
page-consent-history-title = ¿Hasta cuándo atrás?
page-consent-when = ¿Cuándo?
page-consent-always = También en su ausencia, por ejemplo para avisarle
page-consent-present = Solo mientras estás en el chat
page-consent-not-shared = Lo que nunca se comparte
page-consent-not-shared-list = Números de tarjeta, PIN y códigos; nada para publicidad, perfiles, reventa o entrenamiento.
page-consent-back-out = Puedes retirarlo cuando quieras con un toque o escribiendo «deja de compartir».
page-consent-choose-account = Elige al menos una cuenta.
page-consent-choose-data = Elige al menos un tipo de datos.
page-consent-lapsed = Esta solicitud ha caducado. Vuelve a pedirla en el chat.
page-consent-decided = Ya has decidido sobre esto.

## Page: permissions

page-connections-title = Tus permisos
page-connections-intro = Todos los que pueden ver algo tuyo. Retira cualquiera con un toque.
page-connections-none = Nadie puede ver nada tuyo.
page-connections-last = Última consulta: { $time }
page-connections-count = { $count ->
    [one] Una consulta en 30 días
   *[other] { $count } consultas en 30 días
}
page-connections-expiry = Hasta el { $date }
page-connections-ended = Terminados
page-connections-chats = Chats vinculados
page-connections-chats-note = Estos chats saben quién es usted. Al desvincular uno, se vacía.
page-connections-revoked = Retirado. { $party } ya no ve nada.
page-connections-paused = En pausa. { $party } no ve nada por ahora.
page-connections-resumed = { $party } puede volver a consultar.
page-connections-narrowed = Hecho. { $party } ahora ve menos.
page-connections-renewed = Renovado hasta el { $date }.
page-connections-renew-note = Todo sigue igual, hasta el { $date }.
page-connections-narrow-title = ¿Permitir menos a { $party }?
page-connections-renew-title = ¿Permitir más tiempo a { $party }?

## Page: the disclosure log

log-title = Quién vio qué
log-intro = Cada dato tuyo que salió del banco, sellado para que nadie pueda cambiar ni quitar nada sin que se note.
log-none = No ha salido nada del banco.
log-none-found = Nada coincide con tu búsqueda.
log-search = Buscar
log-filter-party = Quién
log-filter-kind = Qué
log-filter-from = Desde
log-filter-to = Hasta
log-any = Todo
log-kind-shown = Mostrado o rechazado
log-kind-allowed = Permitido por usted
log-kind-changed = Cambiado por usted
log-kind-ended = Retirado
log-kind-chats = Chats vinculados
log-newer = Más recientes
log-older = Más antiguos
log-saw = { $party } vio: { $what } de { $account }
log-saw-general = { $party } vio: { $what }
log-saw-nothing = { $party } pidió { $what } y se le negó
log-saw-answer = A { $party } se le dijo: { $what }
log-granted = Permitiste a { $party }: { $what }
log-renewed = Diste más tiempo a { $party }
log-narrowed = Permitiste menos a { $party }
log-paused = Pausaste a { $party }
log-resumed = Reanudaste a { $party }
log-revoked = Retiraste el permiso de { $party }
log-revoked-bank = { $bank } retiró el permiso de { $party }
log-expired = Terminó el permiso de { $party }
log-outcome = Se envió a { $party }: { $what }
log-channel-withdrawn = Se pidió a { $party } que borrara lo que tenía
log-cleared = Borraste tu historial
log-agent-view = { $name }, de { $bank }, consultó: { $what }
log-linked = Vinculó un chat de { $party }
log-unlinked = Se desvinculó un chat de { $party }
log-passkey-added = Creó una clave de acceso con una invitación de { $bank }
log-passkey-created = Creó una clave de acceso
log-passkey-removed = Eliminó una clave de acceso
log-rejected = Rechazó a { $party }
log-consumed = Se usó el permiso de una vez de { $party }
log-hold = { $bank } anotó o levantó una retención legal
log-other = { $bank } anotó algo
log-tag-refused = Rechazado
log-tag-less = Menos de lo pedido
log-detail-title = Lo que se envió
log-detail-bytes = Exactamente los bytes enviados
log-detail-recorded = Los bytes exactos que se anotaron
log-detail-size = { $count ->
    [one] un byte
   *[other] { $count } bytes
}
log-detail-withheld = Lo que se omitió
log-detail-withheld-consent = porque permitiste menos
log-detail-withheld-channel = porque { $party } podría leerlo
log-detail-withheld-policy = porque las normas de { $bank } no lo permiten
log-detail-withheld-none = No se omitió nada.
log-detail-purpose = Fin
log-detail-level = Cuánto
log-detail-consent = Permiso
log-detail-receipt = Recibo
log-detail-time = Cuándo
log-detail-policy = Reglas del banco vigentes
log-detail-build = Programa
log-detail-version = { $id }, versión { $number }
log-verify-intro = Comprueba tú mismo que esta anotación está en el registro, sin cambios.
log-verify-ok = Verificado: la anotación está en el registro, sin cambios.
log-verify-waiting = La anotación está sellada; su prueba estará lista en un momento.
log-verify-failed = Esta anotación no coincide con el registro. Avisa a { $bank }: { $phone }.
log-step-record = La anotación conduce a su compromiso
log-step-body = Lo enviado es lo que nombra la anotación
log-step-chain = La anotación nombra la anterior
log-step-leaf = El registro público contiene su hoja
log-step-path = El camino conduce a la raíz firmada
log-step-signature = La clave del registro firmó esa raíz
log-step-head = El mapa de las últimas anotaciones cuenta la suya: no falta ninguna
log-checked = Comprobado: { $time }
log-path = El camino de la anotación a la raíz
log-checkpoint = El punto de control firmado
log-verify-yourself = Compruébelo en su propio equipo
log-verify-how = Descargue su registro y ejecute «bankside verify-log». No pregunta a nadie y solo necesita la clave pública del banco.
log-export = Descargar mi registro con sus pruebas
log-proof = Prueba
log-proof-download = Descargar la prueba
log-proof-position = Anotación { $index } de { $size }

## Página: lo que ha sabido cada plataforma

page-learnt-title = Lo que ha sabido cada plataforma
page-learnt-intro = Lo que se mostró en cada canal, los mensajes exactos que llegaron allí y lo que aún se puede retirar.
page-learnt-none = A ninguna plataforma se le ha enviado nada tuyo.
page-learnt-kinds = Mostrado allí
page-learnt-times = { $count ->
    [one] una vez
   *[other] { $count } veces
}
page-learnt-nothing = Solo palabras y enlaces, ningún dato tuyo.
page-learnt-messages = Los mensajes que llegaron allí
page-learnt-newest = Se muestran los { $count } mensajes más recientes.
page-learnt-open = Se puede retirar
page-learnt-until = Se puede retirar hasta: { $time }
page-learnt-asked = Se está retirando
page-learnt-taken = Retirado: { $time }
page-learnt-never = Se queda allí: de este canal no se puede retirar nada
page-learnt-late = Se queda allí: ya pasó el plazo para retirarlo
page-learnt-unnamed = Se queda allí: su operador no dio forma de identificarlo
page-learnt-refused = Se queda allí: su operador se negó
page-learnt-gone = Se queda allí: su operador ya no puede llegar a ti
page-learnt-gave-up = Se queda allí: su operador no respondió en un día
page-learnt-unreadable = Estas palabras ya no se pueden abrir.
page-learnt-button = Retirar todo lo que se pueda
page-learnt-note = Pedimos a los operadores que borren estos mensajes. Lo que alguien haya copiado en otro sitio no puede retirarlo nadie.
page-learnt-done = { $count ->
    [one] Pedido: se está retirando un mensaje.
   *[other] Pedido: se están retirando { $count } mensajes.
}
page-learnt-done-none = No queda nada más que se pueda retirar.
page-learnt-wishes = En qué ha quedado
page-learnt-wish-asked = Pediste a { $party } que borrara lo que tenía
page-learnt-wish-unlinked = Se desvinculó un chat en { $party }
page-learnt-wish-cleared = Borraste tu historial y con él un chat en { $party }
page-learnt-count-taken = { $count ->
    [one] un mensaje retirado
   *[other] { $count } mensajes retirados
}
page-learnt-count-open = { $count ->
    [one] uno en curso
   *[other] { $count } en curso
}
page-learnt-count-kept = { $count ->
    [one] uno se queda allí
   *[other] { $count } se quedan allí
}

## Page: my data

page-data-title = Mis datos
page-data-intro = Todo lo que se guarda aquí sobre ti: llévate una copia o haz que se borre.
page-data-export-title = Llevarte una copia
page-data-export-json = Todo (JSON)
page-data-export-csv = Como tabla (CSV)
page-data-clear-title = Borrar historial
page-data-clear-intro = Tus mensajes y lo que se compartió quedan ilegibles para todos, para siempre. No se puede deshacer.
page-data-clear-goes = Lo que se borra
page-data-clear-goes-list = Tus mensajes aquí, el contenido de tu registro, los vínculos y los permisos.
page-data-messages = Mensajes
page-data-entries = Anotaciones de su registro
page-data-clear-stays = Lo que debe quedar, y por qué
page-data-clear-stays-bank = Tus cuentas y pagos en { $bank }: la ley obliga al banco a conservar sus libros.
page-data-clear-stays-log = El registro sellado sin su contenido: no dice nada de ti y mantiene válidas las pruebas de todos.
page-data-clear-stays-channel = Las copias en { $party }: pedimos que las borren y te mostramos la respuesta.
page-data-clear-stays-hold = Lo que está retenido por ley, hasta el { $date }.
page-data-clear-button = Borrar mi historial
page-data-clear-done = Tu historial está borrado. Aquí tienes tu recibo firmado.
page-data-held = Su historial no se puede borrar ahora: lo conserva una retención legal ({ $reason }).
page-data-under-way = Está en curso: nadie puede leer ya su historial. El recibo firmado aparecerá aquí.
page-data-receipt = Descargar el recibo firmado
page-data-cleared = Última vez que borró su historial: { $time }

## Page: is this my bank?

page-bank-title = ¿Es este mi banco?
page-bank-intro = Compara estas palabras con las del chat. Si coinciden, hablas con { $bank }.
page-bank-no-chat = No tienes ningún chat vinculado.
page-bank-receipt = Comprobar un mensaje
page-bank-receipt-hint = Escriba el número de recibo que figura debajo.
page-bank-genuine = Auténtico: lo envió { $bank }, { $time }.
page-bank-unknown = { $bank } no le envió ningún mensaje con este número. Si recibió uno, no responda; llame al { $phone }.

## Page: STOP ALL

page-stop-all-title = Parar todo
page-stop-all-intro = Retira todos los permisos a la vez: cada chat, cada aplicación. No sale nada más del banco hasta que vuelvas a permitirlo.
page-stop-all-button = Parar todo ahora
page-stop-all-done = Todo está parado.

## Errors on pages

error-title = No ha funcionado
error-summary = Hay un problema
error-link-expired = Este enlace ha caducado o ya se usó. Pide uno nuevo en el chat.
error-wrong-origin = Esta petición no venía de la página de { $bank }, así que no se hizo nada. Abre la página otra vez y reinténtalo.
error-session-ended = Hemos cerrado tu sesión para protegerte. Entra otra vez; no se ha perdido nada.
error-form-stale = La página llevaba demasiado tiempo abierta. Vuelve a cargarla; no se ha cambiado nada.
error-already-done = Eso ya estaba hecho; no se ha hecho dos veces.
error-too-many = Han sido demasiadas veces. Espera { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
}.
error-not-found = No hay nada en esta dirección.
error-not-yours = Esto no es tuyo.
error-server = Algo se ha roto por nuestra parte. No se ha cambiado nada. Vuelve a intentarlo en un momento.
error-too-large = Es más de lo que esta página admite.
error-bad-input = Revisa «{ $field }», por favor.
error-suspended = { $bank } lo ha pausado. Vuelve a intentarlo más tarde.
