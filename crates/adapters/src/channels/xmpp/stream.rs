//! A stream, cut into stanzas. RFC 6120, sections 4 and 11: no comments, no processing instructions, no
//! document type and no entities but the five; `rxml` has none of them.

use rxml::error::EndOrError;
use rxml::{Event, Namespace, Options, Parse as _, Parser, WithOptions as _};

use super::element::{Element, LANG, Node};

/// Bytes of a stanza. Servers take 256 KiB from a customer and 512 KiB from another server.
const MAX_STANZA: usize = 256 * 1024;
/// Bytes of one name, attribute or piece of text. More than any server lets through: a customer must
/// not be able to end the stream.
const MAX_TOKEN: usize = 1024 * 1024;
/// Elements within one another.
const MAX_DEPTH: usize = 32;
/// Elements and pieces of text of a stanza.
const MAX_NODES: usize = 4096;

/// What comes by a stream.
pub(super) enum Part {
    /// It began: the server's id of it.
    Opened(String),
    /// A whole stanza.
    Stanza(Element),
    /// One that is beyond a bound: its head alone, and why.
    Beyond(Element, &'static str),
    /// The server ended it.
    Closed,
}

/// It is no XML, or none of XMPP; nothing more can be read.
#[derive(Debug)]
pub(super) struct Malformed;

/// Reads one.
pub(super) struct Stream {
    parser: Parser,
    /// From a stanza inwards.
    open: Vec<Element>,
    /// Bytes since something whole was read.
    unread: usize,
    depth: usize,
    bytes: usize,
    nodes: usize,
    beyond: Option<&'static str>,
}

impl Stream {
    pub(super) fn new() -> Self {
        let options = Options { max_token_length: MAX_TOKEN, ..Options::default() };
        let parser = Parser::with_options(options);
        Self { parser, open: Vec::new(), unread: 0, depth: 0, bytes: 0, nodes: 0, beyond: None }
    }

    /// Reads on; nothing where the bytes are used up.
    pub(super) fn read(&mut self, bytes: &mut &[u8]) -> Result<Option<Part>, Malformed> {
        loop {
            let before = bytes.len();
            let parsed = self.parser.parse(bytes, false);
            self.unread += before - bytes.len();
            match parsed {
                Ok(Some(event)) => {
                    self.unread = 0;
                    if let Some(part) = self.take(event)? {
                        return Ok(Some(part));
                    }
                }
                Ok(None) => return Ok(Some(Part::Closed)),
                Err(EndOrError::NeedMoreData) if self.unread > MAX_TOKEN => return Err(Malformed),
                Err(EndOrError::NeedMoreData) => return Ok(None),
                Err(EndOrError::Error(_)) => return Err(Malformed),
            }
        }
    }

    fn take(&mut self, event: Event) -> Result<Option<Part>, Malformed> {
        let length = event.metrics().len();
        self.bytes = self.bytes.saturating_add(length);
        match event {
            Event::XmlDeclaration(..) => Ok(None),
            Event::StartElement(_, (ns, name), attributes) => {
                let mut element = Element::new(name.as_ref(), ns.as_str());
                for ((ns, name), value) in attributes {
                    if ns == *Namespace::xml() && name.as_ref() as &str == "lang" {
                        element.attributes.push((LANG.to_owned(), value));
                    } else if ns.is_none() {
                        element.attributes.push((name.to_string(), value));
                    }
                }
                self.begins(element, length)
            }
            Event::Text(_, text) => {
                self.bound();
                if let (None, Some(last)) = (self.beyond, self.open.last_mut()) {
                    last.children.push(Node::Text(text));
                }
                Ok(None)
            }
            Event::EndElement(_) => Ok(self.ends()),
        }
    }

    fn begins(&mut self, element: Element, length: usize) -> Result<Option<Part>, Malformed> {
        self.depth += 1;
        if self.depth == 1 {
            if !element.is("stream", "http://etherx.jabber.org/streams") {
                return Err(Malformed);
            }
            return Ok(Some(Part::Opened(element.attribute("id").unwrap_or_default().to_owned())));
        }
        if self.depth == 2 {
            (self.bytes, self.nodes) = (length, 0);
        }
        self.bound();
        // The head of a stanza is always kept: it says who sent it.
        if self.beyond.is_none() || self.depth == 2 {
            self.open.push(element);
        }
        Ok(None)
    }

    /// Beyond a bound nothing more is kept.
    fn bound(&mut self) {
        self.nodes += 1;
        let why = if self.bytes > MAX_STANZA {
            "a stanza that is too long"
        } else if self.depth > MAX_DEPTH {
            "a stanza that is too deep"
        } else if self.nodes > MAX_NODES {
            "a stanza of too many parts"
        } else {
            return;
        };
        if self.depth >= 2 && self.beyond.is_none() {
            self.beyond = Some(why);
            self.open.truncate(1);
            if let Some(head) = self.open.first_mut() {
                head.children.clear();
            }
        }
    }

    fn ends(&mut self) -> Option<Part> {
        self.depth = self.depth.saturating_sub(1);
        match self.depth {
            0 => Some(Part::Closed),
            1 => {
                let element = self.open.pop()?;
                let why = self.beyond.take();
                let is_long = self.bytes > MAX_STANZA;
                Some(match why.or_else(|| is_long.then_some("a stanza that is too long")) {
                    Some(why) => Part::Beyond(Element { children: Vec::new(), ..element }, why),
                    None => Part::Stanza(element),
                })
            }
            _ => {
                if self.beyond.is_none()
                    && let Some(element) = self.open.pop()
                    && let Some(outer) = self.open.last_mut()
                {
                    outer.children.push(Node::Element(element));
                }
                None
            }
        }
    }
}
