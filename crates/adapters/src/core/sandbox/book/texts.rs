//! Texts by number, so that a transaction holds two bytes for a name.

use std::borrow::Cow;
use std::collections::HashMap;

/// Texts by number; each is kept once.
#[derive(Default)]
pub(super) struct Texts {
    texts: Vec<Cow<'static, str>>,
    numbers: HashMap<Cow<'static, str>, u16>,
}

impl Texts {
    /// `u16::MAX` stands for none.
    pub(super) fn of(&mut self, text: Option<Cow<'static, str>>) -> u16 {
        let Some(text) = text else { return u16::MAX };
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        let number = u16::try_from(self.texts.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            self.texts.push(text.clone());
            self.numbers.insert(text, number);
        }
        number
    }

    pub(super) fn get(&self, number: u16) -> Option<&str> {
        self.texts.get(usize::from(number)).map(AsRef::as_ref)
    }
}
