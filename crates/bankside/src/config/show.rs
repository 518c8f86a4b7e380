//! Showing it: every key with its value and, if asked, where it was read. Passwords are left out.

use figment::value::{Dict, Value};
use figment::{Figment, Source};

use super::ConfigError;

/// A key with what is to be known of it.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Shown {
    /// With dots.
    pub(crate) key: String,
    /// As JSON would write it.
    pub(crate) value: serde_json::Value,
    /// The file, the environment, a flag, or the default.
    pub(crate) origin: String,
}

/// Every key, in order.
///
/// # Errors
/// Where the values cannot be read at all; they were read before.
pub(crate) fn show(figment: &Figment) -> Result<Vec<Shown>, ConfigError> {
    let dict: Dict = figment.extract().map_err(|error| ConfigError::Values(error.to_string()))?;
    let mut shown = Vec::new();
    for (key, value) in &dict {
        walk(figment, key.clone(), value, &mut shown);
    }
    Ok(shown)
}

fn walk(figment: &Figment, key: String, value: &Value, shown: &mut Vec<Shown>) {
    if let Value::Dict(_, dict) = value {
        for (name, value) in dict {
            walk(figment, format!("{key}.{name}"), value, shown);
        }
        return;
    }
    let origin = figment.get_metadata(value.tag()).map_or_else(
        || "default".to_owned(),
        |metadata| match &metadata.source {
            Some(Source::File(path)) => path.display().to_string(),
            _ => origin_name(&metadata.name),
        },
    );
    let mut value = serde_json::to_value(value).unwrap_or_default();
    if let (true, Some(url)) = (key.ends_with(".url"), value.as_str()) {
        value = without_password(url).into();
    }
    shown.push(Shown { key, value, origin });
}

/// `figment`'s names for what has no file, in our words.
fn origin_name(name: &str) -> String {
    match name {
        name if name.contains("environment") => "environment".to_owned(),
        name if name.contains("Flags") => "flag".to_owned(),
        name if name.contains("Config") => "default".to_owned(),
        other => other.to_owned(),
    }
}

/// `postgres://user:••@host/name`.
pub(super) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let Some((user, host)) = authority.rsplit_once('@') else { return url.to_owned() };
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:••@{host}{path}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_left_out() {
        let check = |url: &str, want: &str| assert_eq!(without_password(url), want);
        check("postgres://bank:s3c@ret@db/main", "postgres://bank:••@db/main");
        check("postgres://bank@db/main", "postgres://bank@db/main");
        check("postgres://db", "postgres://db");
        check("main.db", "main.db");
    }
}
