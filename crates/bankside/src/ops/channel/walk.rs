//! How a channel of each kind is connected, step by step.

use clap::ValueEnum;

/// The kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Telegram's Bot API.
    Telegram,
    /// Meta's Messenger Platform.
    Messenger,
    /// Meta's WhatsApp Cloud API.
    Whatsapp,
    /// Short messages, through a Kannel gateway.
    Kannel,
    /// A Matrix homeserver of the bank's own.
    Matrix,
    /// A skill of Amazon's Alexa.
    Alexa,
    /// A webhook of Google's Dialogflow CX.
    Dialogflow,
    /// A component of an XMPP server of the bank's own.
    Xmpp,
    /// Short messages, through an SMSC by SMPP.
    Smpp,
    /// E-mail, through a mail server of the bank's own.
    Mail,
}

/// What differs between them.
struct Steps {
    id: &'static str,
    name: &'static str,
    /// What is done at the operator's.
    before: &'static str,
    /// The table in the configuration, with `FILES` for the folder of secrets.
    table: &'static str,
    /// What is done once the bank runs.
    after: &'static str,
}

impl Kind {
    const fn steps(self) -> Steps {
        match self {
            Self::Telegram => Steps {
                id: "telegram",
                name: "Telegram",
                before: "Ask @BotFather for a bot (/newbot) and put its token in FILES/telegram.token.\n   \
                         Put a secret of your own, of A-Z a-z 0-9 _ -, in FILES/telegram.secret:\n   \
                         openssl rand -hex 32 > FILES/telegram.secret",
                table: "telegram = { token_file = \"FILES/telegram.token\", secret_file = \"FILES/telegram.secret\" }",
                after: "tells Telegram the address, and what to repeat there",
            },
            Self::Messenger => Steps {
                id: "messenger",
                name: "Messenger",
                before: "In Meta's app dashboard add Messenger to an app, and connect the bank's page.\n   \
                         Put the page's access token in FILES/messenger.token, the app's secret in\n   \
                         FILES/meta.secret, and a word of your own in FILES/meta.verify.",
                table: "messenger = { page = \"PAGE-ID\", token_file = \"FILES/messenger.token\", \
                        app_secret_file = \"FILES/meta.secret\", verify_token_file = \"FILES/meta.verify\", \
                        status_url = \"URL/erasure\" }",
                after: "prints the address for the dashboard, where the word of FILES/meta.verify goes too",
            },
            Self::Whatsapp => Steps {
                id: "whatsapp",
                name: "WhatsApp",
                before: "In Meta's app dashboard add WhatsApp to an app, and a number to the account.\n   \
                         Put a permanent token of a system user in FILES/whatsapp.token, the app's secret in\n   \
                         FILES/meta.secret, and a word of your own in FILES/meta.verify.",
                table: "whatsapp = { number = \"PHONE-NUMBER-ID\", token_file = \"FILES/whatsapp.token\", \
                        app_secret_file = \"FILES/meta.secret\", verify_token_file = \"FILES/meta.verify\" }",
                after: "prints the address for the dashboard, where the word of FILES/meta.verify goes too",
            },
            Self::Kannel => Steps {
                id: "sms",
                name: "Short messages",
                before: "Give the gateway a sendsms-user with `concatenation = true` and `max-messages = 6`.\n   \
                         Put its password in FILES/kannel.password, and a secret of your own for the way back\n   \
                         in FILES/kannel.secret: openssl rand -hex 32 > FILES/kannel.secret",
                table: "kannel = { gateway = \"http://127.0.0.1:13013\", username = \"bank\", \
                        password_file = \"FILES/kannel.password\", sender = \"12345\", \
                        secret_file = \"FILES/kannel.secret\" }",
                after: "prints the `get-url` for the gateway's sms-service",
            },
            Self::Matrix => Steps {
                id: "matrix",
                name: "Matrix",
                before: "Make two tokens, which must differ:\n   \
                         openssl rand -hex 32 > FILES/matrix.as; openssl rand -hex 32 > FILES/matrix.hs",
                table: "matrix = { homeserver = \"http://127.0.0.1:8008\", server_name = \"bank.example\", \
                        localpart = \"bank\", as_token_file = \"FILES/matrix.as\", hs_token_file = \"FILES/matrix.hs\" }",
                after: "prints the registration file for the homeserver's `app_service_config_files`",
            },
            Self::Alexa => ALEXA,
            Self::Dialogflow => DIALOGFLOW,
            Self::Xmpp => XMPP,
            Self::Smpp => SMPP,
            Self::Mail => MAIL,
        }
    }

    /// What may be shown there at most.
    const fn ceiling(self) -> &'static str {
        match self {
            Self::Alexa | Self::Dialogflow => "spoken",
            _ => "platform_readable",
        }
    }
}

const ALEXA: Steps = Steps {
    id: "alexa",
    name: "Alexa",
    before: "In Amazon's developer console make a custom skill, with an endpoint of the type HTTPS and a\n   \
             certificate of a trusted authority. It needs no secret: Amazon signs each request.",
    table: "alexa = { skill = \"amzn1.ask.skill.SKILL-ID\" }",
    after: "prints the address for the skill's endpoint, and the interaction model for each language",
};

const DIALOGFLOW: Steps = Steps {
    id: "dialogflow",
    name: "Dialogflow",
    before: "Put a password of your own in FILES/dialogflow.password:\n   \
             openssl rand -hex 32 > FILES/dialogflow.password",
    table: "dialogflow = { username = \"dialogflow\", password_file = \"FILES/dialogflow.password\" }",
    after: "prints the address for a webhook in Google's console, where the user name and the password go too",
};

const XMPP: Steps = Steps {
    id: "xmpp",
    name: "XMPP",
    before: "Make a secret, and a component with it at the bank's own server (Prosody: `Component` and\n   \
             `component_secret`): openssl rand -hex 32 > FILES/xmpp.secret",
    table: "xmpp = { server = \"127.0.0.1:5347\", domain = \"bank.example.org\", \
            secret_file = \"FILES/xmpp.secret\" }",
    after: "says that the bank connects by itself",
};

const SMPP: Steps = Steps {
    id: "sms",
    name: "Short messages",
    before: "Ask the operator of the SMSC for an account that may bind as transceiver, by TLS or through a\n   \
             tunnel, and put its password in FILES/smpp.password.",
    table: "smpp = { server = \"smsc.example:2775\", tls = true, system_id = \"bank\", \
            password_file = \"FILES/smpp.password\", sender = \"12345\" }",
    after: "says that the bank connects by itself",
};

const MAIL: Steps = Steps {
    id: "mail",
    name: "E-mail",
    before: "Make a secret: openssl rand -hex 32 > FILES/mail.secret\n   \
             Give the chat a domain of its own in DNS, with a mail server that takes mail for it, and\n   \
             let others see that mail from there is the bank's:\n   \
             chat.bank.example.                 MX   10 mx.bank.example.\n   \
             chat.bank.example.                 TXT  \"v=spf1 mx -all\"\n   \
             s1._domainkey.chat.bank.example.   TXT  \"v=DKIM1; k=rsa; p=PUBLIC-KEY\"\n   \
             _dmarc.chat.bank.example.          TXT  \"v=DMARC1; p=reject; adkim=s; aspf=s\"\n   \
             The mail server signs (OpenDKIM, rspamd), or we do, by `dkim_selector` and `dkim_key_file`:\n   \
             openssl genrsa -out FILES/mail.key 2048; openssl rsa -in FILES/mail.key -pubout\n   \
             Postfix hands over to us with this in main.cf:\n   \
             recipient_delimiter = +\n   \
             relay_domains = chat.bank.example\n   \
             relay_recipient_maps = inline:{ bank@chat.bank.example=ok }\n   \
             transport_maps = inline:{ chat.bank.example=lmtp:inet:127.0.0.1:2424 }",
    table: "mail = { address = \"bank@chat.bank.example\", name = \"Your Bank\", \
            submission = \"smtp://127.0.0.1:25\", lmtp = \"127.0.0.1:2424\", \
            secret_file = \"FILES/mail.secret\" }",
    after: "prints the lines for Postfix with the addresses of the configuration",
};

/// Where secrets lie.
const FILES: &str = "/etc/bankside";

/// The whole way.
pub(super) fn through(kind: Kind, id: Option<&str>, bank: &str, url: &str) -> String {
    let Steps { id: usual, name, before, table, after } = kind.steps();
    let (id, ceiling) = (id.unwrap_or(usual), kind.ceiling());
    let filled = |text: &str| text.replace("FILES", FILES).replace("URL", url);
    let (before, table, after) = (filled(before), filled(table), filled(after));
    format!(
        "1. {before}\n   \
         Let nobody but the service read these files (mode 0600).\n\n\
         2. Put this in the configuration; whoever operates {name} can read what is shown there:\n\n\
         [[channel]]\nkind = \"channel\"\nid = \"{id}\"\nname = \"{name}\"\n\
         ceiling = \"{ceiling}\"\n\n\
         [[connect]]\nchannel = \"{id}\"\nbank = \"{bank}\"\n{table}\n\n\
         3. bankside channel test {id} --config bankside.toml\n   \
         asks {name} whether it knows the bank.\n\n\
         4. Start the service. {url}/hook/{id} must be reached from there.\n\n\
         5. bankside channel announce {id} --config bankside.toml\n   {after}."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use figment::Figment;
    use figment::providers::{Format as _, Serialized, Toml};

    /// What is printed is what the configuration takes.
    #[test]
    fn each_kind_says_a_table_that_is_taken() {
        for kind in Kind::value_variants() {
            let text = through(*kind, Some("one"), "harbour", "https://bank.example");
            let tables: String = text
                .split("3. ")
                .next()
                .and_then(|text| text.find("[[channel]]").map(|at| text[at..].to_owned()))
                .unwrap();
            let layers = Figment::from(Serialized::defaults(Config::default()));
            let config: Config = layers.merge(Toml::string(&tables)).extract().unwrap();
            let connected = config.connect.first().unwrap();
            assert_eq!(connected.channel, "one");
            let want = kind.to_possible_value().unwrap();
            assert_eq!(connected.kind().unwrap(), want.get_name());
            assert!(!text.contains("FILES") && !text.contains("URL"), "{text}");
        }
    }
}
