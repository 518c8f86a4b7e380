//! What the homeserver asks of the webhook. Application Service API 1.13: "Pushing events", "Pinging",
//! "Querying"; and the same without their prefix, as before version 1.

use bankside_service::ports::{Answer, Delivered, Distrust, Taken};
use serde_json::Value;
use url::form_urlencoded;

use super::events::Reader;
use super::rooms::Rooms;
use super::settings::Settings;
use super::work::Job;

/// Most bytes of a transaction: a hundred events of 64 KiB, and as many short-lived ones. It bounds
/// how many events there are, too.
const MAX_BODY: usize = 16 * 1024 * 1024;
/// Most bytes of a query: one token.
const MAX_QUERY: usize = 2 * 1024;
const PREFIX: &str = "_matrix/app/v1/";

/// Reads a request of the homeserver's, and what is to be done with rooms.
pub(super) fn take(
    settings: &Settings,
    rooms: &Rooms,
    request: &Delivered<'_>,
) -> Result<(Taken, Vec<Job>), Distrust> {
    prove(settings, request)?;
    let path = request.path.strip_prefix(PREFIX).unwrap_or(request.path);
    let (kind, rest) = path.split_once('/').unwrap_or((path, ""));
    match (request.method, kind) {
        ("PUT", "transactions") if !rest.is_empty() && !rest.contains('/') => {
            transaction(settings, rooms, request.body)
        }
        ("POST", "ping") if rest.is_empty() => Ok((answered(200), Vec::new())),
        // The bank's own account is there already, and it has no rooms by name.
        ("GET", "users" | "rooms" | "thirdparty") => Ok((answered(404), Vec::new())),
        _ => Err(shape("no such path")),
    }
}

fn prove(settings: &Settings, request: &Delivered<'_>) -> Result<(), Distrust> {
    let header = (request.header)("authorization");
    let is_ours = match header.map(|header| header.split_once(' ')) {
        Some(Some((scheme, token))) if scheme.eq_ignore_ascii_case("bearer") => {
            settings.hs_token.is(token.as_bytes())
        }
        Some(_) => return Err(Distrust::NotProven("no bearer token")),
        None if request.query.len() > MAX_QUERY => return Err(shape("the query is too long")),
        None => {
            let mut pairs = form_urlencoded::parse(request.query.as_bytes());
            let token = pairs.find(|(name, _)| name == "access_token");
            let (_, token) = token.ok_or(Distrust::NotProven("no token"))?;
            settings.hs_token.is(token.as_bytes())
        }
    };
    if is_ours { Ok(()) } else { Err(Distrust::NotProven("wrong token")) }
}

fn transaction(
    settings: &Settings,
    rooms: &Rooms,
    body: &[u8],
) -> Result<(Taken, Vec<Job>), Distrust> {
    if body.len() > MAX_BODY {
        return Err(shape("the transaction is too long"));
    }
    let body: Value =
        serde_json::from_slice(body).map_err(|_| shape("the transaction is not JSON"))?;
    if !body.is_object() {
        return Err(shape("the transaction is not an object"));
    }
    let own = settings.bot();
    let mut reader = Reader::new(&own, rooms, answered(200));
    let list = |name: &str| body.get(name).and_then(Value::as_array);
    for event in list("events").into_iter().flatten() {
        reader.event(event);
    }
    // Between two versions, a homeserver pushes the same under both names.
    let short_lived = list("ephemeral").or_else(|| list("de.sorunome.msc2409.ephemeral"));
    for event in short_lived.into_iter().flatten() {
        reader.short_lived(event);
    }
    Ok(reader.finish())
}

fn answered(status: u16) -> Taken {
    let answer = Answer { status, media: "application/json", body: "{}".to_owned() };
    Taken { answer, ..Taken::default() }
}

fn shape(why: &str) -> Distrust {
    Distrust::Shape(why.to_owned())
}
