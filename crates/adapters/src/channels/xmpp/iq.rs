//! Questions that clients ask the bank: what it can do, whether it is there, its name. RFC 6120,
//! section 8.2.3: each is answered, if only by an error.

use super::element::Element;
use super::fault;
use super::read::{Read, ns};
use super::settings::Settings;
use super::write::back;

/// What the bank understands, XEP-0030.
const FEATURES: [&str; 11] = [
    ns::INFO,
    ns::ITEMS,
    ns::PING,
    ns::VCARD,
    ns::RECEIPTS,
    ns::MARKERS,
    ns::STATES,
    ns::CORRECT,
    ns::RETRACT,
    ns::IDS,
    ns::QUICK,
];

/// Answers one. What comes back to a question of ours was looked at before.
pub(super) fn read(settings: &Settings, stanza: &Element, to_us: bool) -> Read {
    let kind = stanza.attribute("type").unwrap_or_default();
    if kind != "get" && kind != "set" {
        return Read::default();
    }
    let asked = stanza.elements().next().filter(|_| to_us && kind == "get");
    let result = |holding| Read::answered(back(stanza, "result").holding(holding));
    match asked.map(|asked| (asked.name.as_str(), asked.ns.as_str())) {
        Some(("query", ns::INFO)) => result(info(settings)),
        Some(("query", ns::ITEMS)) => result(Element::new("query", ns::ITEMS)),
        Some(("ping", ns::PING)) => Read::answered(back(stanza, "result")),
        Some(("vCard", ns::VCARD)) => {
            let name = Element::new("FN", ns::VCARD).saying(&settings.name);
            result(Element::new("vCard", ns::VCARD).holding(name))
        }
        _ => Read::answered(fault::answer(stanza, "cancel", "service-unavailable")),
    }
}

fn info(settings: &Settings) -> Element {
    let identity = Element::new("identity", ns::INFO).with("category", "client");
    let identity = identity.with("type", "bot").with("name", &settings.name);
    let feature = |name: &&str| Element::new("feature", ns::INFO).with("var", name);
    let features = FEATURES.iter().map(feature);
    features.fold(Element::new("query", ns::INFO).holding(identity), Element::holding)
}
