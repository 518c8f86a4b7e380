//! Icons of the one sprite (`assets/icons.svg`), and the marks that stand for a bank.

use maud::{Markup, Render, html};

use crate::assets::asset_url;

/// The list of a sprite's symbols, written once: variant and symbol id.
macro_rules! symbols {
    ($(#[$doc:meta])* $kind:ident: $($name:ident = $id:literal,)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is called as it is drawn")]
        pub enum $kind { $($name,)+ }

        impl $kind {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }
        }
    };
}

symbols! {
    /// An icon by its name in Lucide. Always decorative: the words beside it say what it means.
    Icon:
    Check = "check",
    CheckCheck = "check-check",
    Clock = "clock",
    CircleAlert = "circle-alert",
    TriangleAlert = "triangle-alert",
    Info = "info",
    X = "x",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    ChevronRight = "chevron-right",
    ChevronLeft = "chevron-left",
    ChevronDown = "chevron-down",
    Search = "search",
    SlidersHorizontal = "sliders-horizontal",
    ArrowUp = "arrow-up",
    Shield = "shield",
    ShieldCheck = "shield-check",
    ShieldOff = "shield-off",
    Eye = "eye",
    EyeOff = "eye-off",
    Link2 = "link-2",
    Unlink = "unlink",
    Lock = "lock",
    KeyRound = "key-round",
    Fingerprint = "fingerprint",
    MessageCircle = "message-circle",
    Landmark = "landmark",
    Wallet = "wallet",
    CreditCard = "credit-card",
    ReceiptText = "receipt-text",
    FileText = "file-text",
    Download = "download",
    Trash2 = "trash-2",
    Pause = "pause",
    Play = "play",
    RefreshCw = "refresh-cw",
    Copy = "copy",
    ExternalLink = "external-link",
    Sun = "sun",
    Moon = "moon",
    Monitor = "monitor",
    User = "user",
    LogOut = "log-out",
    Settings = "settings",
    Bell = "bell",
    ListChecks = "list-checks",
    History = "history",
    OctagonX = "octagon-x",
    CircleCheck = "circle-check",
    CircleX = "circle-x",
    Globe = "globe",
    Smartphone = "smartphone",
    Mic = "mic",
    Bot = "bot",
    Calendar = "calendar",
    TrendingUp = "trending-up",
    Utensils = "utensils",
    ShoppingCart = "shopping-cart",
    TrainFront = "train-front",
    Plane = "plane",
    House = "house",
    Banknote = "banknote",
    Tag = "tag",
    Repeat = "repeat",
    Ellipsis = "ellipsis",
    Plus = "plus",
    Minus = "minus",
    ScrollText = "scroll-text",
    BadgeCheck = "badge-check",
    CircleQuestionMark = "circle-question-mark",
    Database = "database",
    Zap = "zap",
    Hand = "hand",
    Inbox = "inbox",
    Funnel = "funnel",
}

symbols! {
    /// A geometric mark that stands for a bank, beside its name.
    Mark:
    Arch = "mark-arch",
    Wave = "mark-wave",
    Peak = "mark-peak",
    Ring = "mark-ring",
    Leaf = "mark-leaf",
    Grid = "mark-grid",
}

impl Render for Icon {
    fn render(&self) -> Markup {
        symbol(self.id(), "icon")
    }
}

impl Render for Mark {
    fn render(&self) -> Markup {
        html! { span.mark aria-hidden="true" { (symbol(self.id(), "icon")) } }
    }
}

fn symbol(id: &str, class: &str) -> Markup {
    let sprite = asset_url("icons.svg");
    html! {
        svg class=(class) aria-hidden="true" focusable="false" width="20" height="20" {
            use href={ (sprite) "#" (id) } {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_and_mark_is_in_the_sprite_and_nothing_else() {
        let sprite = include_str!("../../assets/icons.svg");
        let icons = Icon::ALL.iter().map(|icon| icon.id());
        let ids = icons.chain(Mark::ALL.iter().map(|mark| mark.id()));
        for id in ids.clone() {
            assert!(sprite.contains(&format!("<symbol id=\"{id}\" ")), "`{id}` is not drawn");
        }
        assert_eq!(sprite.matches("<symbol ").count(), ids.count(), "a symbol nobody can use");
    }
}
