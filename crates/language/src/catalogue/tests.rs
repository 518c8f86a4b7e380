//! Catalogues: arguments, directions, plurals.

use super::*;

#[test]
fn an_argument_stands_in_its_place() {
    let text = Catalogue::of(Language::En)
        .text(Msg::ChatBalancesRow { account: "Everyday", amount: "€5" });
    assert_eq!(text, "Everyday: €5");
}

#[test]
fn directions_are_kept_apart_where_they_meet() {
    let english = Catalogue::of(Language::En);
    assert_eq!(
        english.text(Msg::ChatBalancesRow { account: "يومي", amount: "€5" }),
        "\u{2068}يومي\u{2069}: €5"
    );
    let turned = english.text(Msg::ChatBalancesRow { account: "A\u{202e}B", amount: "€5" });
    assert_eq!(turned, "AB: €5", "an override in a name cannot turn the line");
    let arabic = Catalogue::of(Language::Ar);
    let text = arabic.text(Msg::ChatBalancesRow { account: "Everyday", amount: "5" });
    assert!(text.contains("\u{2068}Everyday\u{2069}"), "{text}");
}

#[test]
fn plurals_follow_the_language() {
    fn check(language: Language, count: usize, expect: &str) {
        let text = Catalogue::of(language).text(Msg::PageChatUnread { count });
        assert_eq!(text, expect, "{language:?} {count}");
    }
    check(Language::En, 1, "One new message");
    check(Language::En, 2, "2 new messages");
    check(Language::Pl, 1, "Jedna nowa wiadomość");
    check(Language::Pl, 22, "22 nowe wiadomości");
    check(Language::Pl, 12, "12 nowych wiadomości");
    check(Language::Lv, 21, "21 jauna ziņa");
    check(Language::Lv, 11, "11 jaunu ziņu");
    check(Language::Lv, 2, "2 jaunas ziņas");
    check(Language::Ar, 2, "رسالتان جديدتان");
    check(Language::Ar, 3, "3 رسائل جديدة");
    check(Language::Ar, 11, "11 رسالة جديدة");
}

#[test]
fn digits_follow_the_region() {
    let text = |region| {
        Catalogue::for_reader(Language::Ar, region).text(Msg::PageChatUnread { count: 12 })
    };
    assert!(text("EG").contains("١٢"), "{}", text("EG"));
    assert!(text("AE").contains("12"), "{}", text("AE"));
}

#[test]
fn no_two_languages_say_a_sentence_alike() {
    let said = |l| Catalogue::of(l).text(Msg::ChatError);
    let all: std::collections::BTreeSet<_> = Language::ALL.into_iter().map(said).collect();
    assert_eq!(all.len(), Language::ALL.len());
}
