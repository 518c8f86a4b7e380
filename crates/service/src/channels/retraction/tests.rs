//! Whether a part can be taken back: one table.

use super::*;

fn part(retraction: Option<&str>, is_named: bool) -> DispatchRow {
    let at = Timestamp::from_millis(1_000);
    DispatchRow {
        conversation: ConversationId::new(at, [1; 10]),
        seq: 2,
        part: 0,
        operator: is_named.then(|| ([0; 32], Vec::new())),
        state: "sent".to_owned(),
        frame_ct: None,
        retraction: retraction.map(|code| (code.to_owned(), at)),
        because: String::new(),
        at,
    }
}

fn check(part: &DispatchRow, can: Option<Retraction>, now: i64, expected: Chance) {
    let found = Chance::of(part, can, Timestamp::from_millis(now));
    assert_eq!(found, expected, "{part:?} {can:?} at {now}");
}

#[test]
fn what_can_be_taken_back_follows_the_channels_table_and_what_was_done() {
    let within = Some(Retraction::Within { millis: 500 });
    let (fresh, at) = (part(None, true), Timestamp::from_millis(1_000));
    let until = Some(Timestamp::from_millis(1_500));
    check(&fresh, None, 1_000, Chance::Kept(Kept::Never));
    check(&fresh, Some(Retraction::Never), 1_000, Chance::Kept(Kept::Never));
    check(&fresh, Some(Retraction::Always), 9_000, Chance::Open { until: None });
    check(&fresh, within, 1_499, Chance::Open { until });
    check(&fresh, within, 1_500, Chance::Kept(Kept::Late));
    check(&part(None, false), within, 1_000, Chance::Kept(Kept::Unnamed));
    check(&part(Some("asked"), true), within, 9_000, Chance::Asked { at });
    check(&part(Some("retracted"), true), within, 9_000, Chance::Taken { at });
    for kept in [Kept::Late, Kept::Unnamed, Kept::Refused, Kept::Gone, Kept::GaveUp] {
        check(&part(Some(kept.code()), true), within, 1_000, Chance::Kept(kept));
    }
}
