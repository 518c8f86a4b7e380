### Portuguese, for Brazil and Portugal alike. The same messages in the same order as in en.ftl.

## Chat: meeting

chat-greeting = Olá, { $name }! Pergunte sobre seu saldo, seus gastos ou o que vem por aí.
chat-greeting-nameless = Olá! Pergunte sobre seu saldo, seus gastos ou o que vem por aí.
chat-greeting-stranger = Olá! Sou o assistente do { $bank }. Para ver suas contas aqui, primeiro vincule este chat.
chat-welcome-back = Que bom ver você de novo, { $name }. O que quer saber?
chat-thanks = De nada.
chat-goodbye = Até logo!
chat-smalltalk = Sou o assistente do { $bank }, um programa de computador. Sou bom com saldos, pagamentos e gastos; com conversa, nem tanto.
chat-abuse = Sinto muito que isso esteja sendo frustrante. Quer falar com uma pessoa?
chat-help = Veja o que posso fazer:
chat-help-balances = Saldos: “Qual é o meu saldo?”
chat-help-transactions = Pagamentos: “O que comprei no Continente no mês passado?”
chat-help-spending = Gastos: “Para onde foi meu dinheiro em março?”
chat-help-recurring = O que se repete e o que vem: “Quando vence o aluguel?”
chat-help-enough = Consultas rápidas: “Tenho o bastante para 200?”
chat-help-privacy = Seus dados: “O que você compartilhou?”, “Quem pode ver isto?”, “Pare de compartilhar”, “PARAR TUDO”
chat-help-human = Uma pessoa: “Falar com alguém”
chat-unknown = Não entendi. Posso mostrar saldos, pagamentos e gastos, ou chamar uma pessoa.
chat-unknown-again = Ainda não entendi. Tente “saldo” ou “últimos cinco pagamentos”, ou diga “pessoa” para falar com o { $bank }.
chat-ambiguous = Você quis dizer uma destas?
chat-which-account = Qual conta?
chat-which-amount = Qual valor você quer dizer?
chat-nothing-before = Não sei a que isso se refere. Pode fazer a pergunta completa?
chat-yes = Sim
chat-no = Não
chat-cancelled = Tudo bem, deixei como estava.
chat-language-switched = Tudo bem, a partir de agora escrevo em português.
chat-language-which = Qual idioma você prefere?

## Chat: choices that one tap gives

choice-balance = Saldo
choice-payments = Últimos pagamentos
choice-spending = Gastos deste mês
choice-recurring = Assinaturas
choice-upcoming = O que vem por aí
choice-shared = O que você compartilhou?
choice-stop = Parar de compartilhar
choice-stop-all = PARAR TUDO
choice-person = Falar com uma pessoa
choice-help = Ajuda
choice-more = Ver mais
choice-last-month = E no mês passado?
choice-link = Vincular este chat
choice-number = Número da conta
choice-dispute = Não reconheço um pagamento

## Chat: linking and consent

chat-not-linked = Ainda não sei quem é você. Vincule este chat à sua conta no { $bank }; leva um minuto e só precisa da sua chave de acesso.
chat-link-label = Vincular este chat
chat-link-words = A página do banco tem de mostrar as mesmas palavras: { $phrase }
chat-linked = Vinculado. Olá, { $name }! Se a página do { $bank } mostrar as palavras “{ $phrase }”, você está falando com o banco de verdade.
chat-already-linked = Este chat já está vinculado a você, { $name }.
chat-already-linked-nameless = Este chat já está vinculado a você.
chat-unlinked = Pronto: este chat não está mais vinculado a você, e nada é compartilhado aqui.
chat-consent-needed = Antes de mostrar { $what } aqui, preciso da sua permissão. Você escolhe o quê e por quanto tempo, e pode voltar atrás quando quiser.
chat-consent-label = Revisar e decidir
chat-consent-granted = Obrigado. { $party } pode ver { $what } até { $until }. Diga “pare de compartilhar” para voltar atrás.
chat-consent-granted-once = Obrigado. { $party } pode ver { $what } só desta vez.
chat-consent-refused = Tudo bem, nada é compartilhado. Você pode mudar de ideia quando quiser.
chat-consent-list = Você deu { $count ->
    [one] uma permissão
   *[other] { $count } permissões
}. Aqui você pode ver, reduzir ou encerrar:
chat-consent-none = Você não deu nenhuma permissão: nada é compartilhado.
chat-consent-expires = Sua permissão para { $party } termina em { $until }.
chat-consent-why = { $party } precisa disso para uma coisa só: { $purpose }. Anúncios, perfis, revenda e treinamento estão descartados.
chat-consent-paused = Em pausa. { $party } não vê nada até você retomar.
chat-consent-resumed = { $party } pode ver { $what } de novo até { $until }.
chat-consent-renew-label = Renovar
chat-consent-manage-label = Suas permissões

## Chat: balances

chat-balances-intro = Isto é o que você tem às { $time }:
chat-balances-row = { $account }: { $amount }
chat-balances-total = No total: { $amount }
chat-balance-one = { $account }: { $amount } às { $time }.
chat-balance-available = Disponível: { $amount }
chat-balance-rounded = { $account }: cerca de { $amount }.
chat-balance-none = Não encontrei nenhuma conta sua que combine.

## Chat: when the channel may not show it

chat-withheld = Os detalhes estão na página do seu próprio banco. { $party }, que opera este chat, poderia lê-los aqui.
chat-withheld-spoken = Isso eu não digo em voz alta. Está na página do seu banco, só para os seus olhos.
chat-withheld-label = Abrir a página do banco
chat-withheld-once = O link vale uma vez e pede sua chave de acesso.

## Chat: payments and spending

chat-transactions-intro = { $count ->
    [one] Um pagamento
   *[other] { $count } pagamentos
}, { $period }:
chat-transactions-latest = { $count ->
    [one] Seu último pagamento:
   *[other] Seus últimos { $count } pagamentos:
}
chat-transactions-filtered = { $count ->
    [one] Um pagamento
   *[other] { $count } pagamentos
} ({ $filter }), { $period }:
chat-transactions-more = { $count ->
    [one] Há mais um
   *[other] Há mais { $count }
}. Diga “ver mais”.
chat-transactions-none = Não encontrei pagamentos, { $period }.
chat-transactions-none-filtered = Não encontrei pagamentos ({ $filter }), { $period }.
chat-transactions-largest = O maior foi de { $amount } para { $merchant }, { $date }.
chat-transactions-smallest = O menor foi de { $amount } para { $merchant }, { $date }.
chat-transactions-sum = Saiu: { $spent }. Entrou: { $received }.
chat-transactions-pending = pendente
chat-spending-intro = Seus gastos, { $period }:
chat-spending-by-month = Seus gastos por mês:
chat-spending-total = No total { $amount }, { $period }.
chat-spending-one = { $what }: { $amount }, { $period }.
chat-spending-none = Você não gastou nada, { $period }.
chat-spending-more = São { $amount } a mais que { $period }.
chat-spending-less = São { $amount } a menos que { $period }.
chat-spending-same = Mais ou menos o mesmo que { $period }.
period-recent = nos últimos 90 dias
chat-chart-title = Gastos, { $period }

## Chat: what repeats and comes next

chat-recurring-intro = { $count ->
    [one] Uma cobrança se repete:
   *[other] { $count } cobranças se repetem:
}
chat-recurring-row = { $name }: { $amount }, { $rhythm }
chat-recurring-next = Próxima: { $date }
chat-recurring-none = Não vejo nada que se repita.
chat-recurring-monthly = No total, cerca de { $amount } por mês.
chat-upcoming-salary = Seu salário costuma cair por volta de { $date }: cerca de { $amount }.
chat-upcoming-rent = O aluguel vence por volta de { $date }: { $amount }.
chat-upcoming-bill = { $name } vence por volta de { $date }: { $amount }.
chat-upcoming-intro = O que vem por aí:
chat-upcoming-none = Não vejo nada por vir.
chat-upcoming-unsure = Ainda não vejo um padrão, então prefiro não adivinhar.

## Chat: account number, quick checks

chat-number = O número da sua conta só aparece na página do seu banco, nunca em um chat.
chat-numbers-intro = Estes são os números das suas contas no { $bank }. Passe-os só a quem deve pagar você.
chat-number-label = Ver o número da conta
chat-enough-yes = Sim, há o bastante para { $amount }.
chat-enough-no = Não, agora não há o bastante para { $amount }.
chat-enough-how-much = Para quê? Diga um valor.
chat-enough-bill-unknown = Não sei quanto custa “{ $name }”. Diga o valor.

## Chat: taking back, and asking who sees

chat-stop-done = Pronto. { $party } não vê mais nada a partir de agora.
chat-stop-done-count = Pronto. { $count ->
    [one] Uma permissão encerrada
   *[other] { $count } permissões encerradas
}; nada mais é compartilhado aqui.
chat-stop-nothing = Nada está sendo compartilhado aqui, então não há o que parar.
chat-stop-all-done = Tudo parado: { $count ->
    [one] uma permissão encerrada
   *[other] { $count } permissões encerradas
}, em todos os chats e aplicativos. Já está valendo.
chat-stop-all-nothing = Não havia nada para parar: nenhum chat nem aplicativo tem sua permissão.
chat-shared-intro = Nos últimos 30 dias { $count ->
    [one] uma coisa foi compartilhada
   *[other] { $count } coisas foram compartilhadas
}:
chat-shared-row = { $party }: { $count ->
    [one] uma vez
   *[other] { $count } vezes
}
chat-shared-none = Nada foi compartilhado nos últimos 30 dias.
chat-shared-label = Ver cada registro
chat-sees-bank-owned = Só você e o { $bank }. Este é o chat do próprio banco; não há ninguém no meio.
chat-sees-end-to-end = Você e o { $bank }. { $party } leva as mensagens cifradas e não pode lê-las; só sabe que você escreve e quando.
chat-sees-spoken = Você, o { $bank }, { $party }, que opera o serviço de voz, e quem puder ouvir. Por isso digo pouco em voz alta.
chat-sees-platform = Você, o { $bank } e { $party }, que pode ler tudo aqui. Por isso envio links para a página do banco em vez de valores.
chat-clear-history = Você pode apagar seu histórico na página do banco. Lá você vê o que é apagado e o que a lei obriga o banco a guardar.
chat-clear-history-label = Apagar histórico
chat-my-data = Você pode baixar tudo o que o banco guarda aqui sobre você na página dele.
chat-my-data-label = Meus dados
chat-is-this-my-bank = Este é o { $bank }. Para ter certeza, abra você mesmo a página do banco: ela deve mostrar as palavras “{ $phrase }”.
chat-is-this-my-bank-label = Conferir na página do banco
chat-is-this-my-bank-stranger = Este chat ainda não está vinculado, então não há palavras para comparar. Vincule-o pela página do banco para ter certeza.

## Chat: people, and what can’t be done here yet

chat-human-queued = Seu pedido foi anotado. No momento ninguém do { $bank } responde neste chat; para uma resposta agora, ligue para { $phone }.
chat-human-already = Seu pedido já está anotado. Para uma resposta agora, ligue para { $phone }.
chat-freeze-unavailable = Ainda não consigo bloquear cartões aqui. Ligue agora para { $phone }; atendem dia e noite.
chat-payment-unavailable = Ainda não consigo enviar dinheiro aqui. Use o aplicativo do { $bank } ou ligue para { $phone }.
chat-limit-unavailable = Ainda não consigo definir limites de gasto aqui. O { $bank } consegue: { $phone }.
chat-offers-none = Não tenho ofertas, e só mostro alguma se você pedir na página do banco.
chat-dispute = Se você não fez um pagamento, ligue agora para { $phone } e peça para bloquear o cartão. Anotei que você avisou.
chat-cards-unavailable = Ainda não consigo mudar nada nos cartões aqui. O { $bank } consegue: { $phone }.

## Chat: what goes wrong

chat-secret-card = Isso parecia um número de cartão. Não guardei. Nunca o envie em um chat: o banco jamais vai pedir.
chat-secret-pin = Isso parecia uma senha ou código de segurança. Não guardei. Ninguém do { $bank } jamais vai pedir.
chat-secret-code = Isso parecia um código de uso único. Não guardei. Se alguém pediu, é golpe: ligue para { $phone }.
chat-secret-removed = [removido]
chat-too-long = A mensagem é longa demais. Use menos de { $limit } caracteres, por favor.
chat-attachment = Não recebo fotos nem arquivos. Escreva com palavras, por favor.
chat-rate-limited = Foi muita coisa de uma vez. Espere { $minutes ->
    [one] um minuto
   *[other] { $minutes } minutos
} e tente de novo.
chat-error = Algo deu errado do nosso lado. Nada foi alterado nem compartilhado. Tente de novo em instantes.
chat-bank-unreachable = O sistema do banco não está respondendo. Tente de novo em alguns minutos.
chat-suspended = O { $bank } pausou este serviço aqui. Se for urgente, ligue para { $phone }.
chat-receipt = Recibo { $number }

## Chat: on other channels

channel-numbered = Responda com um número:
channel-row = { $label }: { $value }
channel-row-hint = { $label }: { $value } ({ $hint })
channel-media = Aqui só consigo ler texto. Escreva o que você precisa.
channel-left = Você não vai mais receber mensagens do { $bank } aqui. Escreva START para recomeçar.
channel-waiting = O { $bank } tem uma mensagem para você. Responda aqui para ler.
channel-elsewhere = Enviei o resto para o seu celular.
channel-moved = Sua conta neste serviço mudou, por isso parei de compartilhar dados neste chat. Vincule-o de novo.
channel-hello = olá
channel-yes = sim
channel-no = não
channel-hold-on = Um momento.
channel-late = A resposta ainda não está pronta. Pergunte de novo daqui a pouco ou veja na página do { $bank }.
channel-earlier = Antes: { $words }
channel-again = O que mais você quer saber?
channel-aside = Há mais na página do { $bank }, só para os seus olhos.
channel-own-page = Você encontra isso na página do { $bank }.
channel-withheld = A resposta não é mostrada por e-mail, onde muitos poderiam lê-la. Só você pode abri-la na página do seu banco.
channel-asked-elsewhere = Você pediu isto em outro canal.
channel-about = cerca de { $amount }
channel-minus = menos { $amount }
channel-account = { $name }, final { $tail }
chat-code-ask = Para vincular, entre na página do { $bank }, escolha “Vincular com um código” e me diga o código aqui.
chat-code-said = Recebi o código. Agora escolha estas palavras na página do { $bank }: { $phrase }. Se você não pediu o código lá, não diga estas palavras a ninguém.
chat-code-wrong = Esse código não abre nada aqui. Peça um novo na página do { $bank }. Depois de vários códigos errados, paro de ouvir por uma hora.

## Why something was refused

refusal-not-yet-given = Você ainda não permitiu isso.
refusal-rejected = Você recusou, então nada é compartilhado.
refusal-revoked = Você encerrou esta permissão.
refusal-expired = Sua permissão terminou.
refusal-consumed = Sua permissão era para uma vez só e já foi usada.
refusal-paused = Sua permissão está em pausa.
refusal-other-party = Sua permissão é para outra empresa.
refusal-other-purpose = Sua permissão é para outra finalidade.
refusal-out-of-scope = Sua permissão não inclui este tipo de dado.
refusal-other-account = Sua permissão não inclui esta conta.
refusal-customer-absent = Isso só é compartilhado enquanto você está aqui.
refusal-too-long-ago = Sua permissão não alcança tanto tempo atrás.
refusal-policy = As regras do { $bank } não permitem isso aqui.
refusal-how-to-fix = Você pode mudar isso na página do banco.

## Permissions about to run out

expiry-soon = Sua permissão para { $party } termina em { $days ->
    [one] um dia
   *[other] { $days } dias
}, em { $date }. Renove se ainda quiser; se não, não faça nada.
expiry-today = Sua permissão para { $party } termina hoje. Depois disso, nada mais é visto.
expiry-over = Sua permissão para { $party } terminou. Nada mais é visto.

## Names: kinds of data

cluster-accounts = quais contas você tem
cluster-balances = seus saldos
cluster-transactions = seus pagamentos e totais
cluster-recurring = o que se repete e o que vem
cluster-account-numbers = os números das suas contas
cluster-cards = seus cartões e se funcionam

## Names: how much is shown

level-answer = Sim ou não
level-answer-hint = Só a resposta a uma pergunta, como “há o bastante?”
level-summary = Arredondado
level-summary-hint = Valores arredondados e totais
level-masked = Valores
level-masked-hint = Valores e datas; sem lojas nem números de conta
level-detail = Tudo
level-detail-hint = Tudo o que você mesmo vê
level-link = Só um link para a tela do próprio banco
level-none = Nada

## Names: purposes, each with one sentence why

purpose-account-information = mostrar suas contas a você
purpose-account-information-why = Para você perguntar aqui sobre saldos e pagamentos.
purpose-fraud-alerts = avisar você de fraudes
purpose-fraud-alerts-why = Para você saber na hora se algo parecer errado.
purpose-support = responder às suas perguntas
purpose-support-why = Para quem ajuda você ver do que se trata.
purpose-account-management = gerenciar sua conta
purpose-account-management-why = Para você mudar ajustes, como bloquear um cartão.
purpose-payments = enviar e pedir dinheiro
purpose-payments-why = Para você pagar pessoas por aqui.
purpose-orders = comprar em lojas
purpose-orders-why = Para você comprar e pagar sem entregar seu cartão.
purpose-offers = ofertas do seu banco
purpose-offers-why = Só se você quiser. Nada mais depende disso.

## Names: categories

category-salary = Salário
category-income = Outras receitas
category-housing = Aluguel e financiamento
category-utilities = Contas da casa
category-groceries = Supermercado
category-eating-out = Restaurantes
category-transport = Transporte
category-travel = Viagens
category-shopping = Compras
category-subscriptions = Assinaturas
category-health = Saúde
category-leisure = Lazer
category-education = Educação
category-insurance = Seguros
category-cash = Dinheiro vivo
category-transfer = Transferências
category-fees = Tarifas
category-refund = Reembolsos
category-other = Outros

## Names: accounts, cards, rhythms

account-checking = Conta corrente
account-savings = Poupança
account-credit-card = Cartão de crédito
account-named = { $name } ••{ $tail }
card-active = Ativo
card-frozen = Bloqueado
card-closed = Cancelado
rhythm-weekly = toda semana
rhythm-fortnightly = a cada duas semanas
rhythm-monthly = todo mês
rhythm-quarterly = a cada três meses
rhythm-yearly = todo ano

## Names: fields, as the log names them

field-answer = um sim ou não
field-account-name = o nome de uma conta
field-account-tail = os últimos dígitos de uma conta
field-account-number = um número de conta
field-balance-rounded = um saldo arredondado
field-balance-amount = o saldo
field-balance-available = o disponível
field-transaction-sum = totais de pagamentos
field-transaction-amount = valores e datas
field-transaction-category = categorias
field-transaction-merchant = quem recebeu
field-transaction-memo = notas e lugares
field-recurring-amount = valores que se repetem
field-recurring-counterparty = quem é pago com frequência
field-card-state = cartões e se funcionam

## Names: states of a permission, and who can read along

state-awaiting = Esperando você
state-authorised = Ativa
state-paused = Em pausa
state-rejected = Recusada
state-revoked = Encerrada
state-expired = Terminada
state-consumed = Usada
ceiling-bank-owned = Canal do próprio banco: ninguém mais lê
ceiling-end-to-end = Cifrado de ponta a ponta: quem opera não consegue ler
ceiling-spoken = Por voz: outros podem ouvir
ceiling-platform = Quem opera pode ler
ceiling-assistant = Seu assistente de IA: quem o opera pode ler o que for dito a ele

## Dates and times

date-today = hoje
date-yesterday = ontem
date-tomorrow = amanhã
date-range = de { $from } a { $to }
date-in-month = em { $month }
date-all-time = desde sempre
date-since = desde { $date }
date-until = até { $date }
date-on = em { $date }
date-days-left = { $days ->
    [one] falta um dia
   *[other] faltam { $days } dias
}
date-minutes-ago = { $minutes ->
    [one] há um minuto
   *[other] há { $minutes } minutos
}
date-hours-ago = { $hours ->
    [one] há uma hora
   *[other] há { $hours } horas
}
date-days-ago = { $days ->
    [one] ontem
   *[other] há { $days } dias
}
date-just-now = agora mesmo
date-never = nunca

## Navigation and buttons

nav-home = Início
nav-accounts = Contas
nav-chat = Chat
nav-connections = Permissões
nav-log = Quem viu o quê
nav-data = Meus dados
nav-stop-all = PARAR TUDO
nav-sign-out = Sair
nav-passkeys = Chaves de acesso
nav-language = Idioma
nav-skip = Ir para o conteúdo
nav-main = Navegação principal
nav-theme = Claro ou escuro
button-allow = Permitir
button-allow-less = Permitir menos
button-refuse = Recusar
button-continue = Continuar
button-back = Voltar
button-cancel = Cancelar
button-confirm = Confirmar
button-save = Salvar
button-send = Enviar
button-search = Buscar
button-clear-filter = Mostrar tudo
button-pause = Pausar
button-resume = Retomar
button-narrow = Permitir menos
button-renew = Renovar
button-revoke = Encerrar
button-verify = Verificar
button-download = Baixar
button-copy = Copiar
button-copied = Copiado
button-try-again = Tentar de novo
button-close = Fechar
button-change = Alterar
button-unlink = Desvincular
button-check = Verificar

## Page: the chat

page-chat-title = Chat com { $bank }
page-chat-input = Escreva uma mensagem
page-chat-empty = Diga olá ou pergunte seu saldo.
page-chat-typing = { $bank } está escrevendo
page-chat-sent = Enviada
page-chat-delivered = Entregue
page-chat-read = Lida
page-chat-failed = Não enviada
page-chat-reconnecting = Conectando de novo…
page-chat-you = Você
page-chat-sending = Enviando
page-chat-newer = Novas mensagens
page-chat-earlier = Mensagens anteriores
page-chat-quick = Respostas sugeridas
page-chat-check = Ver se já há resposta
page-chat-from-you = De você
page-chat-to-you = Para você
page-chat-nothing-passed = Ainda não passou nada.
page-chat-unread = { $count ->
    [one] Uma mensagem nova
   *[other] { $count } mensagens novas
}
page-chat-platform-sees = O que a plataforma vê
page-chat-platform-note = Este chat se comporta como se { $party } pudesse ler tudo. À direita está exatamente o que veria.

## Page: the chat on a site of the bank

page-widget-unavailable = O chat não pode ser mostrado nesta página.
page-widget-open = Abrir em uma nova aba
page-widget-forgotten = Este navegador não deixa o chat ficar nesta página.
page-sample-title = Uma página do site de { $bank }
page-sample-lead = Ela representa o site do banco e tem outra origem que o chat. Uma única tag de script coloca o chat aqui: aperte o botão no canto.
page-sample-learns = O que esta página fica sabendo
page-sample-nothing = Quantas mensagens são novas e se o chat está aberto. Nada mais: o chat roda em um quadro da origem do próprio banco.
page-sample-tag = O que o coloca aqui

## Page: sign in and passkeys

page-sign-in-title = Entrar no { $bank }
page-sign-in-intro = Use sua chave de acesso: sua digital, seu rosto ou o PIN do aparelho. Não há senha para esquecer nem para roubar.
page-sign-in-button = Entrar com chave de acesso
page-sign-in-demo = Entrar como { $name } (demonstração)
page-sign-in-demo-note = Só na demonstração: para aparelhos sem chave de acesso. Um banco de verdade nunca mostra isto.
page-sign-in-failed = Não funcionou. Tente de novo ou use outro aparelho que tenha sua chave de acesso.
page-sign-in-no-support = Este navegador não aceita chaves de acesso. Tente um mais novo ou o seu celular.
page-passkey-add-title = Criar uma chave de acesso
page-passkey-add-intro = Ela fica no seu aparelho. O banco nunca vê sua digital nem seu rosto.
page-passkey-add-button = Criar uma chave de acesso
page-passkey-confirm = Confirme com sua chave de acesso que é você.
page-passkeys-title = Suas chaves de acesso
page-passkeys-intro = A chave de acesso serve para entrar e para confirmar o que importa. Tenha duas, em aparelhos diferentes.
page-passkeys-none = Você ainda não tem chave de acesso.
page-passkey-name = Um nome para ela
page-passkey-name-hint = Por exemplo, “meu celular”, para reconhecê-la.
page-passkey-unnamed = Chave de acesso
page-passkey-added = Adicionada { $date }
page-passkey-used = último uso { $date }
page-passkey-remove = Remover
page-passkey-last = É sua única chave de acesso. Adicione outra antes de removê-la.
page-passkey-cancelled = Nada foi feito. Tente de novo quando quiser.
page-passkey-failed = Essa chave de acesso não foi aceita. Nada mudou; tente de novo.
page-invite-title = Prepare seu acesso a { $bank }
page-invite-intro = Uma chave de acesso substitui a senha: ela fica no seu celular ou computador, e só sua digital, seu rosto ou o PIN do aparelho a desbloqueia.
page-invite-once = Este link funciona uma vez só e por pouco tempo. Não o repasse: quem o abrir pode entrar como você.
page-invite-closed-title = Este link não abre mais
page-invite-used = Ele já foi usado. Se foi você, entre com sua chave de acesso. Se não foi, ligue já para { $bank }: { $phone }.
page-invite-ran-out = Ele valia só por pouco tempo. Ligue para { $bank } e peça um novo: { $phone }.
page-invite-unknown = Não conhecemos este link. Veja se o abriu inteiro, ou ligue para { $bank } e peça um novo: { $phone }.
page-confirm-title = É você?
page-confirm-button = Confirmar com minha chave de acesso
page-confirm-demo = Confirmar como { $name } (demonstração)
page-signed-out = Você saiu.

## Page: home and the secure view

page-front-lead = O seu banco em qualquer chat, com os dados sempre do lado do banco. Escolha um banco.
page-home-title = Olá, { $name }
page-home-intro = Suas contas, e quem pode vê-las.
page-home-sees = { $count ->
    [one] Há uma permissão ativa: veja quem pode olhar
   *[other] Há { $count } permissões ativas: veja quem pode olhar
}
page-home-all = Ver tudo
page-secure-title = Só para os seus olhos
page-secure-note = Você está na página do próprio { $bank }. { $party } não vê isto.
page-secure-expires = Esta página fecha em { $minutes ->
    [one] um minuto
   *[other] { $minutes } minutos
}.
page-number-iban = IBAN
page-number-bic = BIC
page-number-routing = Código do banco
page-number-account = Número da conta
page-number-sort-code = Código da agência

## Page: link a chat

page-link-title = Vincular este chat
page-link-intro = Você vai vincular um chat em { $party } à sua conta. Nada é visto até você permitir.
page-link-phrase = Compare estas palavras com as do chat:
page-link-phrase-warning = Se forem diferentes, pare aqui: alguém pode estar se passando pelo { $bank }.
page-link-button = São iguais: vincular o chat
page-link-refuse = Não são iguais
page-link-done = Vinculado. Você já pode voltar ao chat.
page-link-refused = Não vinculado. Obrigado por conferir.
page-link-back = Voltar ao chat
page-link-return = Você pode fechar esta aba e continuar no seu chat.
page-link-allowed = Permitido. Vale a partir de agora.
page-link-foreign = Este link é de outra pessoa. Se for seu, entre com a conta que o pediu; se não, peça um novo no seu próprio chat.
page-code-title = Vincular com um código
page-code-intro = Para assistentes de voz e onde você não consegue abrir um link. Aqui você recebe um código e o diz ou digita lá.
page-code-channel = Onde você quer usar o seu banco?
page-code-make = Receber um código
page-code-again = Receber outro código
page-code-yours = Seu código para { $party }
page-code-how = Diga ou digite em { $party }. Vale uma vez, por dez minutos e só lá.
page-code-warning = Não diga este código a ninguém, nem a quem diz ser do { $bank }.
page-code-check = Já disse
page-code-waiting = Ninguém disse este código ainda.
page-code-choose = Que palavras { $party } disse?
page-code-choose-hint = Confie só no seu próprio aparelho. Se uma pessoa disse as palavras a você, escolha a última resposta: ela quer as suas contas.
page-code-none = Nenhuma destas
page-code-confirm = Vincular a conversa
page-code-mismatch = Não vinculado: essas não são as palavras da conversa. O código não vale mais.
page-code-many = Você já pediu vários códigos. Tente de novo daqui a uma hora.
page-code-nowhere = Nenhuma conversa do { $bank } pode ser vinculada com código ainda.
page-code-consent = Decidir o que pode ver

## Connecting an AI assistant

page-assistant-unverified = O aplicativo se apresenta como “{ $party }”. Seu banco não verificou esse nome.
page-assistant-host = Sua resposta volta para { $host }.
page-assistant-local = Sua resposta volta para um aplicativo neste dispositivo.
page-assistant-back-title = Voltar para { $party }
page-assistant-back-allowed = Você permitiu. Estamos levando você de volta ao aplicativo.
page-assistant-back-refused = Você recusou. Nada foi compartilhado. Estamos levando você de volta ao aplicativo.
page-assistant-back-button = Voltar ao aplicativo
page-assistant-over = Este pedido terminou. Comece de novo no aplicativo.
page-assistant-broken = O aplicativo que enviou você para cá cometeu um erro. Nada foi compartilhado.

## Page: decide on a permission

page-consent-title = { $party } pede sua permissão
page-consent-check-title = Confira antes de permitir
page-consent-less-title = O que { $party } pode ver?
page-consent-who = Quem
page-consent-why = Por quê
page-consent-what = O que veria
page-consent-how-much = Quanto
page-consent-levels = O que significa cada opção
page-consent-accounts = Quais contas?
page-consent-accounts-hint = Nenhuma foi escolhida por você.
page-consent-sample = Isto é exatamente o que seria enviado agora:
page-consent-example = Por exemplo, isto seria enviado agora sobre { $account }:
page-consent-sample-none = Do jeito que está, nada disso pode ser enviado.
page-consent-duration = Por quanto tempo?
page-consent-once = Só uma vez
page-consent-days = { $days ->
    [one] Por um dia
   *[other] Por { $days } dias
}
page-consent-history = Pagamentos { $days ->
    [one] do último dia
   *[other] dos últimos { $days } dias
}
page-consent-history-title = Até quando para trás?
page-consent-when = Quando?
page-consent-always = Também na sua ausência, por exemplo para avisar você
page-consent-present = Só enquanto você está no chat
page-consent-not-shared = O que nunca é compartilhado
page-consent-not-shared-list = Números de cartão, senhas e códigos; nada para publicidade, perfis, revenda ou treinamento.
page-consent-back-out = Você pode encerrar quando quiser com um toque ou escrevendo “pare de compartilhar”.
page-consent-choose-account = Escolha pelo menos uma conta.
page-consent-choose-data = Escolha pelo menos um tipo de dado.
page-consent-lapsed = Este pedido venceu. Peça de novo no chat.
page-consent-decided = Você já decidiu sobre isso.

## Page: permissions

page-connections-title = Suas permissões
page-connections-intro = Todos que podem ver algo seu. Encerre qualquer um com um toque.
page-connections-none = Ninguém pode ver nada seu.
page-connections-last = Última consulta: { $time }
page-connections-count = { $count ->
    [one] Uma consulta em 30 dias
   *[other] { $count } consultas em 30 dias
}
page-connections-expiry = Até { $date }
page-connections-ended = Encerradas
page-connections-chats = Conversas vinculadas
page-connections-chats-note = Estas conversas sabem quem você é. Ao desvincular uma, ela é esvaziada.
page-connections-revoked = Encerrada. { $party } não vê mais nada.
page-connections-paused = Em pausa. { $party } não vê nada por enquanto.
page-connections-resumed = { $party } pode consultar de novo.
page-connections-narrowed = Pronto. { $party } agora vê menos.
page-connections-renewed = Renovada até { $date }.
page-connections-renew-note = Tudo continua como está, até { $date }.
page-connections-narrow-title = Permitir menos a { $party }?
page-connections-renew-title = Permitir { $party } por mais tempo?

## Page: the disclosure log

log-title = Quem viu o quê
log-intro = Cada dado seu que saiu do banco, selado para que ninguém mude nem retire nada sem que se perceba.
log-none = Nada saiu do banco.
log-none-found = Nada combina com sua busca.
log-search = Buscar
log-filter-party = Quem
log-filter-kind = O quê
log-filter-from = De
log-filter-to = Até
log-any = Tudo
log-kind-shown = Mostrado ou recusado
log-kind-allowed = Permitido por você
log-kind-changed = Alterado por você
log-kind-ended = Encerrado
log-kind-chats = Conversas vinculadas
log-newer = Mais recentes
log-older = Mais antigos
log-saw = { $party } viu: { $what } de { $account }
log-saw-general = { $party } viu: { $what }
log-saw-nothing = { $party } pediu { $what } e foi recusado
log-saw-answer = { $party } foi informado: { $what }
log-granted = Você permitiu a { $party }: { $what }
log-renewed = Você permitiu { $party } por mais tempo
log-narrowed = Você permitiu menos a { $party }
log-paused = Você pausou { $party }
log-resumed = Você retomou { $party }
log-revoked = Você encerrou a permissão de { $party }
log-revoked-bank = O { $bank } encerrou a permissão de { $party }
log-expired = A permissão de { $party } terminou
log-outcome = Foi enviado a { $party }: { $what }
log-channel-withdrawn = Pedimos a { $party } que apagasse o que tinha
log-cleared = Você apagou seu histórico
log-agent-view = { $name }, do { $bank }, consultou: { $what }
log-linked = Você vinculou uma conversa de { $party }
log-unlinked = Uma conversa de { $party } foi desvinculada
log-passkey-added = Você criou uma chave de acesso com um convite de { $bank }
log-passkey-created = Você criou uma chave de acesso
log-passkey-removed = Você removeu uma chave de acesso
log-rejected = Você recusou { $party }
log-consumed = A permissão única de { $party } foi usada
log-hold = { $bank } registrou ou retirou uma retenção legal
log-other = { $bank } registrou algo
log-tag-refused = Recusado
log-tag-less = Menos que o pedido
log-detail-title = O que foi enviado
log-detail-bytes = Exatamente os bytes enviados
log-detail-recorded = Os bytes exatos que foram registrados
log-detail-size = { $count ->
    [one] um byte
   *[other] { $count } bytes
}
log-detail-withheld = O que ficou de fora
log-detail-withheld-consent = porque você permitiu menos
log-detail-withheld-channel = porque { $party } poderia ler
log-detail-withheld-policy = porque as regras do { $bank } não permitem
log-detail-withheld-none = Nada ficou de fora.
log-detail-purpose = Finalidade
log-detail-level = Quanto
log-detail-consent = Permissão
log-detail-receipt = Recibo
log-detail-time = Quando
log-detail-policy = Regras do banco em vigor
log-detail-build = Programa
log-detail-version = { $id }, versão { $number }
log-verify-intro = Confira você mesmo que este registro está no livro, sem alteração.
log-verify-ok = Verificado: o registro está no livro, sem alteração.
log-verify-waiting = O registro está selado; a prova fica pronta em instantes.
log-verify-failed = Este registro não confere com o livro. Avise o { $bank }: { $phone }.
log-step-record = O registro leva ao seu compromisso
log-step-body = O que foi enviado é o que o registro nomeia
log-step-chain = O registro nomeia o anterior
log-step-leaf = O livro público contém a sua folha
log-step-path = O caminho leva à raiz assinada
log-step-signature = A chave do livro assinou essa raiz
log-step-head = O mapa dos últimos registros conta o seu: nenhum falta
log-checked = Verificado: { $time }
log-path = O caminho do registro à raiz
log-checkpoint = O ponto de controle assinado
log-verify-yourself = Verifique no seu próprio computador
log-verify-how = Baixe o seu livro e execute “bankside verify-log”. Não pergunta a ninguém e só precisa da chave pública do banco.
log-export = Baixar meu livro com as provas
log-proof = Prova
log-proof-download = Baixar a prova
log-proof-position = Registro { $index } de { $size }

## Página: o que cada plataforma ficou sabendo

page-learnt-title = O que cada plataforma ficou sabendo
page-learnt-intro = O que foi mostrado em cada canal, as mensagens exatas que chegaram lá e o que ainda pode ser retirado.
page-learnt-none = Nenhuma plataforma recebeu nada seu.
page-learnt-kinds = Mostrado lá
page-learnt-times = { $count ->
    [one] uma vez
   *[other] { $count } vezes
}
page-learnt-nothing = Apenas palavras e links, nenhum dado seu.
page-learnt-messages = As mensagens que chegaram lá
page-learnt-newest = São mostradas as { $count } mensagens mais recentes.
page-learnt-open = Pode ser retirada
page-learnt-until = Pode ser retirada até: { $time }
page-learnt-asked = Sendo retirada
page-learnt-taken = Retirada: { $time }
page-learnt-never = Fica lá: deste canal nada pode ser retirado
page-learnt-late = Fica lá: o prazo para retirar acabou
page-learnt-unnamed = Fica lá: o operador não deu como identificá-la
page-learnt-refused = Fica lá: o operador recusou
page-learnt-gone = Fica lá: o operador não alcança mais você
page-learnt-gave-up = Fica lá: o operador não respondeu por um dia
page-learnt-unreadable = Estas palavras não podem mais ser abertas.
page-learnt-button = Retirar tudo o que for possível
page-learnt-note = Pedimos aos operadores que apaguem estas mensagens. O que alguém copiou para outro lugar, ninguém pode retirar.
page-learnt-done = { $count ->
    [one] Pedido feito: uma mensagem está sendo retirada.
   *[other] Pedido feito: { $count } mensagens estão sendo retiradas.
}
page-learnt-done-none = Não há mais nada que possa ser retirado.
page-learnt-wishes = No que deu
page-learnt-wish-asked = Você pediu a { $party } que apagasse o que tinha
page-learnt-wish-unlinked = Um chat em { $party } foi desvinculado
page-learnt-wish-cleared = Você limpou seu histórico e, com ele, um chat em { $party }
page-learnt-count-taken = { $count ->
    [one] uma mensagem retirada
   *[other] { $count } mensagens retiradas
}
page-learnt-count-open = { $count ->
    [one] uma em andamento
   *[other] { $count } em andamento
}
page-learnt-count-kept = { $count ->
    [one] uma fica lá
   *[other] { $count } ficam lá
}

## Page: my data

page-data-title = Meus dados
page-data-intro = Tudo o que é guardado aqui sobre você: leve uma cópia ou mande apagar.
page-data-export-title = Levar uma cópia
page-data-export-json = Tudo (JSON)
page-data-export-csv = Em tabela (CSV)
page-data-clear-title = Apagar histórico
page-data-clear-intro = Suas mensagens e o que foi compartilhado ficam ilegíveis para todos, para sempre. Não dá para desfazer.
page-data-clear-goes = O que é apagado
page-data-clear-goes-list = Suas mensagens aqui, o conteúdo do seu registro, vínculos e permissões.
page-data-messages = Mensagens
page-data-entries = Registros do seu livro
page-data-clear-stays = O que precisa ficar, e por quê
page-data-clear-stays-bank = Suas contas e pagamentos no { $bank }: a lei obriga o banco a guardar seus livros.
page-data-clear-stays-log = O registro selado sem o conteúdo: não diz nada sobre você e mantém válidas as provas de todos.
page-data-clear-stays-channel = Cópias em { $party }: pedimos que apaguem e mostramos a resposta.
page-data-clear-stays-hold = O que está retido por lei, até { $date }.
page-data-clear-button = Apagar meu histórico
page-data-clear-done = Seu histórico foi apagado. Aqui está seu recibo assinado.
page-data-held = Seu histórico não pode ser apagado agora: uma retenção legal o mantém ({ $reason }).
page-data-under-way = Está em andamento: ninguém mais pode ler seu histórico. O recibo assinado aparecerá aqui.
page-data-receipt = Baixar o recibo assinado
page-data-cleared = Última vez que você apagou o histórico: { $time }

## Page: is this my bank?

page-bank-title = Este é o meu banco?
page-bank-intro = Compare as palavras abaixo com as do chat. Se forem iguais, você está falando com o { $bank }.
page-bank-no-chat = Nenhum chat está vinculado a você.
page-bank-receipt = Verificar uma mensagem
page-bank-receipt-hint = Digite o número do recibo que está embaixo dela.
page-bank-genuine = Autêntica: { $bank } a enviou, { $time }.
page-bank-unknown = { $bank } não enviou a você nenhuma mensagem com este número. Se recebeu uma, não responda; ligue para { $phone }.

## Page: STOP ALL

page-stop-all-title = PARAR TUDO
page-stop-all-intro = Encerra todas as permissões de uma vez: cada chat, cada aplicativo. Nada mais sai do banco até você permitir de novo.
page-stop-all-button = Parar tudo agora
page-stop-all-done = Tudo parado.

## Errors on pages

error-title = Não funcionou
error-summary = Há um problema
error-link-expired = Este link venceu ou já foi usado. Peça um novo no chat.
error-wrong-origin = Este pedido não veio da página do { $bank }, então nada foi feito. Abra a página de novo e tente outra vez.
error-session-ended = Você foi desconectado por segurança. Entre de novo; nada se perdeu.
error-form-stale = A página ficou aberta tempo demais. Recarregue; nada foi alterado.
error-already-done = Isso já tinha sido feito; nada foi feito duas vezes.
error-too-many = Foram vezes demais. Espere { $minutes ->
    [one] um minuto
   *[other] { $minutes } minutos
}.
error-not-found = Não há nada neste endereço.
error-not-yours = Isto não é seu.
error-server = Algo quebrou do nosso lado. Nada foi alterado. Tente de novo em instantes.
error-too-large = É mais do que esta página aceita.
error-bad-input = Confira “{ $field }”, por favor.
error-suspended = O { $bank } pausou isto. Tente de novo mais tarde.
