//! Direct Line: in which channel the pages of a bank's sites speak that show the chat by themselves.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;
use bankside_domain::bank::BankId;
use bankside_domain::party::Ceiling;
use bankside_web::{Line, Lines};
use serde::{Deserialize, Serialize};

use super::{Config, connect};

/// Fewest characters of a secret.
const MIN_SECRET: usize = 32;

/// Direct Line of one bank.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DirectLine {
    /// The channel, by the short name under `[[channel]]`.
    channel: String,
    /// Holds the secret by which a server of the bank's gets tokens; none is pages alone.
    secret_file: Option<PathBuf>,
    /// Whether no script on the listed sites is anybody's but the bank's, so that the channel may be
    /// one that shows figures.
    #[serde(default)]
    trusted_pages: bool,
}

impl DirectLine {
    fn open(&self) -> anyhow::Result<Line> {
        let line = Line::new(self.channel.as_str());
        let Some(path) = &self.secret_file else { return Ok(line) };
        let secret = connect::secret(path)?;
        let enough = secret.reveal().chars().count() >= MIN_SECRET;
        anyhow::ensure!(
            enough,
            "the secret in `{}` has fewer than {MIN_SECRET} characters",
            path.display()
        );
        Ok(line.with_secret(secret.reveal()))
    }

    /// What does not fit with the rest of the configuration.
    fn wrong(&self, config: &Config, bank: &BankId) -> Option<String> {
        let channel = &self.channel;
        let Some(party) = config.channel.iter().find(|party| party.id == *channel) else {
            return Some(format!("there is no `[[channel]]` with the id `{channel}`"));
        };
        if config.connect.iter().any(|one| one.channel == *channel) {
            return Some(format!("the bank writes to `{channel}` by `[[connect]]` already"));
        }
        if config.sites.get(bank).is_none_or(Vec::is_empty) {
            return Some(format!("`sites.{bank}` lists no site whose pages could use it"));
        }
        (party.ceiling != Ceiling::PlatformReadable && !self.trusted_pages).then(|| {
            format!(
                "the site's scripts read what is shown in `{channel}`: give it the ceiling \
                 `platform_readable`, or say `trusted_pages = true`"
            )
        })
    }
}

/// What does not fit, one line each.
pub(super) fn check(config: &Config) -> Vec<String> {
    let wrong = |(bank, line): (&BankId, &DirectLine)| {
        let wrong = line.wrong(config, bank)?;
        Some(format!("`direct_line.{bank}`: {wrong}"))
    };
    config.direct_line.iter().filter_map(wrong).collect()
}

/// Reads the secrets.
///
/// # Errors
/// Which file is missing, empty or too short.
pub(crate) fn lines(configured: &BTreeMap<BankId, DirectLine>) -> anyhow::Result<Lines> {
    let open = |(bank, line): (&BankId, &DirectLine)| {
        let opened = line.open().with_context(|| format!("`direct_line.{bank}`"))?;
        Ok((bank.clone(), opened))
    };
    configured.iter().map(open).collect()
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::{Format as _, Serialized, Toml};

    use super::*;

    /// A site's channel with that ceiling, and what else the file says.
    fn config(ceiling: &str, more: &str) -> Config {
        let text = format!(
            "[[channel]]\nkind = \"channel\"\nid = \"site\"\nname = \"Site\"\nceiling = \"{ceiling}\"\n\
             {more}"
        );
        let figment = Figment::from(Serialized::defaults(Config::default()));
        figment.merge(Toml::string(&text)).extract().unwrap()
    }

    #[test]
    fn a_line_needs_its_channel_its_sites_and_a_ceiling_that_fits() {
        let check = |ceiling: &str, more: &str, expected: Option<&str>| {
            let wrong = check(&config(ceiling, more));
            match expected {
                None => assert!(wrong.is_empty(), "{wrong:?}"),
                Some(why) => {
                    let [one] = wrong.as_slice() else { panic!("{wrong:?}") };
                    assert!(
                        one.starts_with("`direct_line.harbour`: ") && one.contains(why),
                        "{one}"
                    );
                }
            }
        };
        let sites = "[sites]\nharbour = [\"https://www.bank.example\"]\n";
        let line = |rest: &str| format!("{sites}[direct_line.harbour]\nchannel = \"site\"\n{rest}");
        check("platform_readable", "", None);
        check("platform_readable", &line(""), None);
        check("bank_owned", &line(""), Some("trusted_pages"));
        check("end_to_end_encrypted", &line("trusted_pages = false"), Some("trusted_pages"));
        check("bank_owned", &line("trusted_pages = true"), None);
        let nowhere = "[direct_line.harbour]\nchannel = \"site\"\n";
        check("platform_readable", nowhere, Some("lists no site"));
        let unknown = format!("{sites}[direct_line.harbour]\nchannel = \"other\"\n");
        check("platform_readable", &unknown, Some("no `[[channel]]`"));
        let taken = format!(
            "{}[[connect]]\nchannel = \"site\"\nbank = \"harbour\"\nalexa = {{ skill = \"x\" }}\n",
            line("")
        );
        check("platform_readable", &taken, Some("`[[connect]]` already"));
    }

    #[test]
    fn a_secret_is_read_and_long_enough() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let line = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let (channel, secret_file) = ("site".to_owned(), Some(path.clone()));
            DirectLine { channel, secret_file, trusted_pages: false }.open()
        };
        let secret = "0123456789abcdef0123456789abcdef";
        assert_eq!(line(&format!("{secret}\n")).unwrap(), Line::new("site").with_secret(secret));
        for wrong in ["", "too short"] {
            let error = format!("{:#}", line(wrong).unwrap_err());
            assert!(error.contains("secret") && !error.contains("too short"), "{error}");
        }
    }
}
