//! What clients read before they ask: the server's metadata (RFC 8414) and the resource's
//! (RFC 9728).

use serde::Serialize;

/// Authorization server metadata (RFC 8414, section 2; RFC 9207, section 3).
#[derive(Clone, Debug, Serialize)]
pub struct Server {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    registration_endpoint: String,
    revocation_endpoint: String,
    scopes_supported: Vec<&'static str>,
    response_types_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    token_endpoint_auth_methods_supported: [&'static str; 1],
    revocation_endpoint_auth_methods_supported: [&'static str; 1],
    code_challenge_methods_supported: [&'static str; 1],
    authorization_response_iss_parameter_supported: bool,
    ui_locales_supported: Vec<&'static str>,
}

impl Server {
    /// Of the server whose endpoints lie below `{issuer}/oauth/`.
    pub fn new(issuer: &str, scopes: Vec<&'static str>, languages: Vec<&'static str>) -> Self {
        let at = |path: &str| format!("{issuer}/oauth/{path}");
        Self {
            issuer: issuer.to_owned(),
            authorization_endpoint: at("authorize"),
            token_endpoint: at("token"),
            registration_endpoint: at("register"),
            revocation_endpoint: at("revoke"),
            scopes_supported: scopes,
            response_types_supported: ["code"],
            response_modes_supported: ["query"],
            grant_types_supported: ["authorization_code", "refresh_token"],
            token_endpoint_auth_methods_supported: ["none"],
            revocation_endpoint_auth_methods_supported: ["none"],
            code_challenge_methods_supported: ["S256"],
            authorization_response_iss_parameter_supported: true,
            ui_locales_supported: languages,
        }
    }
}

/// Protected resource metadata (RFC 9728, section 2).
#[derive(Clone, Debug, Serialize)]
pub struct ProtectedResource<'a> {
    resource: &'a str,
    resource_name: &'a str,
    authorization_servers: [&'a str; 1],
    scopes_supported: Vec<&'static str>,
    bearer_methods_supported: [&'static str; 1],
}

impl<'a> ProtectedResource<'a> {
    /// Of a resource that `issuer` alone gives tokens for.
    pub fn new(
        resource: &'a str,
        name: &'a str,
        issuer: &'a str,
        scopes: Vec<&'static str>,
    ) -> Self {
        Self {
            resource,
            resource_name: name,
            authorization_servers: [issuer],
            scopes_supported: scopes,
            bearer_methods_supported: ["header"],
        }
    }
}
