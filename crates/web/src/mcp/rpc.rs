//! JSON-RPC 2.0 messages, and the handshake.

use axum::http::HeaderMap;
use serde_json::{Map, Value, json};

use crate::oauth::Place;

/// Longest id that is text, in bytes.
const MAX_ID: usize = 256;

/// A version of the protocol, by its month of 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    March,
    June,
    November,
}

impl Version {
    const ALL: [Self; 3] = [Self::March, Self::June, Self::November];

    const fn text(self) -> &'static str {
        match self {
            Self::March => "2025-03-26",
            Self::June => "2025-06-18",
            Self::November => "2025-11-25",
        }
    }

    fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.text() == text)
    }

    /// The version of a request; the one before the header was introduced where it has none.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Fault> {
        let Some(header) = headers.get("mcp-protocol-version") else { return Ok(Self::March) };
        let named = header.to_str().ok().and_then(Self::named);
        named.ok_or(Fault::request("MCP-Protocol-Version is none of this server's"))
    }

    pub(super) const fn has_batches(self) -> bool {
        matches!(self, Self::March)
    }
}

/// What came.
#[derive(Debug)]
pub(super) enum Message {
    /// To be answered.
    Request { id: Value, method: String, params: Map<String, Value> },
    /// A notification, or an answer to a question that nobody here asked.
    Nothing,
}

impl Message {
    pub(super) fn read(value: Value) -> Result<Self, Fault> {
        let Value::Object(mut fields) = value else {
            return Err(Fault::request("a message is an object"));
        };
        if fields.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Err(Fault::request("jsonrpc must be 2.0"));
        }
        let id = fields.remove("id");
        let Some(method) = fields.remove("method") else {
            let answers = fields.contains_key("result") || fields.contains_key("error");
            let refuse = Fault::request("a message has a method, a result or an error");
            return if answers && id.is_some() { Ok(Self::Nothing) } else { Err(refuse) };
        };
        let Value::String(method) = method else {
            return Err(Fault::request("method must be text"));
        };
        let params = match fields.remove("params") {
            None => Map::new(),
            Some(Value::Object(params)) => params,
            Some(_) => return Err(Fault::request("params must be an object")),
        };
        match id {
            None => Ok(Self::Nothing),
            Some(id) if is_id(&id) => Ok(Self::Request { id, method, params }),
            Some(_) => Err(Fault::request("id must be a whole number or short text")),
        }
    }
}

fn is_id(id: &Value) -> bool {
    match id {
        Value::String(text) => text.len() <= MAX_ID,
        Value::Number(number) => number.is_i64() || number.is_u64(),
        _ => false,
    }
}

/// An error of the protocol (JSON-RPC 2.0, section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    code: i32,
    message: &'static str,
}

impl Fault {
    pub(super) const fn parse() -> Self {
        Self { code: -32_700, message: "this is not JSON" }
    }

    pub(super) const fn request(message: &'static str) -> Self {
        Self { code: -32_600, message }
    }

    pub(super) const fn method() -> Self {
        Self { code: -32_601, message: "there is no such method" }
    }

    pub(super) const fn params(message: &'static str) -> Self {
        Self { code: -32_602, message }
    }

    pub(super) const fn internal() -> Self {
        Self { code: -32_603, message: "this failed; try again later" }
    }

    pub(super) fn with_id(self, id: &Value) -> Value {
        let error = json!({ "code": self.code, "message": self.message });
        json!({ "jsonrpc": "2.0", "id": id, "error": error })
    }

    pub(super) fn without_id(self) -> Value {
        self.with_id(&Value::Null)
    }
}

/// A result on the wire.
pub(super) fn result(id: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The handshake: the version that was asked for, or the newest.
pub(super) fn initialize(place: &Place, params: &Map<String, Value>) -> Result<Value, Fault> {
    let asked = params.get("protocolVersion").and_then(Value::as_str);
    let asked = asked.ok_or(Fault::params("protocolVersion is missing"))?;
    let version = Version::named(asked).unwrap_or(Version::November);
    let bank = &place.bank.name;
    Ok(json!({
        "protocolVersion": version.text(),
        "capabilities": { "tools": { "listChanged": false } },
        "serverInfo": {
            "name": "bankside",
            "title": bank,
            "version": env!("CARGO_PKG_VERSION"),
        },
        "instructions": format!(
            "Read-only access to what a customer of {bank} allowed. Amounts are decimal text with \
             an ISO 4217 currency; a negative amount left the account. Where `complete` is false, \
             give her the link in `secure_view`: it opens once, for her alone. {}",
            bankside_service::assistants::NOTICE,
        ),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_the_standard_says() {
        #[track_caller]
        fn check(text: &str, expect: Result<bool, i32>) {
            let read = Message::read(serde_json::from_str(text).unwrap());
            let read = read.map(|m| matches!(m, Message::Request { .. })).map_err(|f| f.code);
            assert_eq!(read, expect, "{text}");
        }
        check(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, Ok(true));
        check(r#"{"jsonrpc":"2.0","id":"a","method":"ping","params":{}}"#, Ok(true));
        check(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, Ok(false));
        check(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#, Ok(false));
        check(r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, Err(-32_600));
        check(r#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, Err(-32_600));
        check(r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, Err(-32_600));
        check(r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, Err(-32_600));
        check(r#"{"id":1,"method":"ping"}"#, Err(-32_600));
        check(r#"{"jsonrpc":"2.0","id":1,"method":7}"#, Err(-32_600));
        check(r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}"#, Err(-32_600));
        check(r#"{"jsonrpc":"2.0","id":1}"#, Err(-32_600));
        check("7", Err(-32_600));
    }
}
