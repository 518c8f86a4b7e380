//! Words that people send to be left alone, or to be written to again.
//!
//! The English ones are those that carriers ask for (CTIA, Messaging Principles and Best Practices,
//! on opting out). Of the other languages only those are here that mean nothing else: `cancelar`,
//! `anuluj`, `atcelt` and `إلغاء` call off what a customer was about to do, and the chat understands
//! them so.

use bankside_domain::channel::Event;
use bankside_domain::personal::Personal;

/// No more messages, in upper case.
const LEAVE: &[&str] = &[
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    // Spanish
    "BAJA",
    "ALTO",
    "PARAR",
    "PARE",
    "DETENER",
    // Portuguese
    "SAIR",
    "REMOVER",
    "DESCADASTRAR",
    // Polish
    "KONIEC",
    "REZYGNUJĘ",
    "REZYGNUJE",
    "WYPISZ",
    // Latvian
    "BEIGT",
    "ATTEIKTIES",
    "ATRAKSTĪTIES",
    "ATRAKSTITIES",
    "PĀRTRAUKT",
    "PARTRAUKT",
    // Arabic
    "توقف",
    "قف",
    "إيقاف",
    "ايقاف",
    "أوقف",
    "اوقف",
    "إنهاء",
    "انهاء",
];
/// Messages again.
const BEGIN: &[&str] = &["START", "UNSTOP"];

/// What a text says. A word counts only alone: `STOP ALL` is something that she asks the bank.
pub(in crate::channels) fn read(text: &str) -> Event {
    // A full stop, quotation marks or a mark of direction change nothing.
    let word = text.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
    if LEAVE.contains(&word.as_str()) {
        Event::Leave
    } else if BEGIN.contains(&word.as_str()) {
        Event::Begin { reference: None }
    } else {
        Event::Message { text: Personal::from(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_alone_is_a_wish_and_a_sentence_is_a_message() {
        #[track_caller]
        fn check(texts: &[&str], want: &str) {
            for text in texts {
                let got = match read(text) {
                    Event::Leave => "leave",
                    Event::Begin { reference: None } => "begin",
                    Event::Message { text: kept } if kept.reveal() == text => "message",
                    other => panic!("{other:?}"),
                };
                assert_eq!(got, want, "{text}");
            }
        }
        check(&["STOP", "stop", " Stop. ", "“Stop!”", "stopall", "unsubscribe", "Cancel"], "leave");
        check(&["END", "quit", "baja", "Alto", "parar", "SAIR", "sair.", "koniec"], "leave");
        check(
            &["rezygnuję", "REZYGNUJE", "beigt", "Pārtraukt", "توقف", "\u{200f}إيقاف\u{200f}"],
            "leave",
        );
        check(&["START", "start", "unstop"], "begin");
        check(
            &["STOP ALL", "stop all", "STOP 2", "please stop", "parar todo", "stop-all"],
            "message",
        );
        check(&["cancelar", "anuluj", "atcelt", "إلغاء", "balance", "1", "?", "👍"], "message");
    }
}
