//! Paths in the specified form, and everything else.

use super::*;
use proptest::prelude::*;

fn tile(level: u8, index: u64, width: u16) -> LogPath {
    Tile::new(level, index, width).unwrap().path()
}

#[test]
fn the_specified_form_is_read_and_written() {
    let check = |text: &str, path: LogPath| {
        assert_eq!(LogPath::parse(text), Some(path), "{text}");
        assert_eq!(path.to_string(), text);
    };
    check("checkpoint", LogPath::Checkpoint);
    check("tile/0/000", tile(0, 0, 256));
    check("tile/0/000.p/1", tile(0, 0, 1));
    check("tile/0/x001/x234/067", tile(0, 1_234_067, 256));
    check("tile/63/x001/x234/067.p/255", tile(63, 1_234_067, 255));
    check("tile/1/999", tile(1, 999, 256));
    check("tile/1/x001/000", tile(1, 1000, 256));
    check("tile/2/x018/x446/x744/x073/x709/x551/615", tile(2, u64::MAX, 256));
    check("tile/entries/x999/999.p/7", Bundle::new(999_999, 7).unwrap().path());
}

#[test]
fn every_other_form_is_refused() {
    for text in [
        "",
        "/checkpoint",
        "checkpoint/",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/x000/x001/000",
        "tile/0/x001",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/X001/000",
        "tile/0/x0a1/000",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/+1",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/ 1/000",
        "tile/8/0/000.p/0",
        "tile/8/000/000",
        "tile/entries/",
        "tile/entries/000.p/0",
        "tile/data/000",
        "tile/0/../000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/٠٠٠",
    ] {
        assert_eq!(LogPath::parse(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn written_paths_are_read_back(level in 0u8..=63, index: u64, width in 1u16..=256) {
        let path = tile(level, index, width);
        prop_assert_eq!(LogPath::parse(&path.to_string()), Some(path));
    }

    #[test]
    fn what_is_read_is_what_would_be_written(text in "(tile/)?(entries|[0-9]{1,2})/(x?[0-9]{2,4}/){0,3}[0-9x]{3}(\\.p/[0-9]{1,3})?") {
        if let Some(path) = LogPath::parse(&text) {
            prop_assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn nothing_panics(text in ".*") {
        let _ = LogPath::parse(&text);
    }
}
