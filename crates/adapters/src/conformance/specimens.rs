//! The operators that the kit knows, one file each.

mod alexa;
mod dialogflow;
mod graph;
mod kannel;
mod mail;
mod matrix;
mod messenger;
mod smpp;
mod telegram;
mod whatsapp;
mod xmpp;

use super::specimen::Specimen;

/// All of them, by name.
pub(super) static ALL: &[&dyn Specimen] = &[
    &alexa::Alexa,
    &dialogflow::Dialogflow,
    &kannel::Kannel,
    &mail::Mail,
    &matrix::Matrix,
    &messenger::Messenger,
    &smpp::Smpp,
    &telegram::Telegram,
    &whatsapp::WhatsApp,
    &xmpp::Xmpp,
];
