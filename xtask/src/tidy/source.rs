//! One Rust file, read once: its tokens, its functions with their sizes, its modules,
//! and the stretches of lines that only tests compile.
//!
//! Functions and modules come from the parser; attributes and calls from the tokens,
//! which reach inside macros where the parser sees nothing.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::ops::RangeInclusive;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

/// What the rules ask about a file.
pub(crate) struct Source {
    /// Number of lines.
    pub(crate) lines: usize,
    /// Every function with a body, outermost first.
    pub(crate) functions: Vec<Function>,
    /// Every `mod name;`.
    pub(crate) modules: Vec<Module>,
    /// Every attribute with the lines that it governs.
    pub(crate) attributes: Vec<Attribute>,
    /// All tokens in order, `::` as one.
    pub(crate) tokens: Vec<Token>,
}

/// A function and the lines from its signature to its closing brace.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) at: RangeInclusive<usize>,
}

/// A module declared here and written in another file.
pub(crate) struct Module {
    /// Folder below the file's own module folder, with the name: `inline/name`.
    pub(crate) place: String,
    /// The value of `#[path = "..."]`.
    pub(crate) path: Option<String>,
    pub(crate) line: usize,
}

/// An attribute without its brackets and without white space: `cfg(test)`.
pub(crate) struct Attribute {
    pub(crate) text: String,
    pub(crate) line: usize,
    pub(crate) governs: RangeInclusive<usize>,
}

/// One token and its line.
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

impl Source {
    /// Parses a file; the error carries the line at which the parser gave up.
    pub(crate) fn parse(text: &str) -> Result<Source, (usize, String)> {
        let refuse = |error: syn::Error| (error.span().start().line, error.to_string());
        let stream: TokenStream =
            text.parse().map_err(|error: proc_macro2::LexError| refuse(error.into()))?;
        let file = syn::parse2::<syn::File>(stream.clone()).map_err(refuse)?;
        let lines = text.lines().count();
        let mut reader = Reader::default();
        reader.visit_file(&file);
        let mut source = Source {
            lines,
            functions: reader.functions,
            modules: reader.modules,
            attributes: Vec::new(),
            tokens: Vec::new(),
        };
        source.attributes_of(stream.clone(), 1..=lines.max(1));
        flatten(stream, &mut source.tokens);
        Ok(source)
    }

    /// Whether only tests compile this line.
    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.test_attributes().any(|attribute| attribute.governs.contains(&line))
    }

    /// Attributes that keep what they govern out of what is shipped.
    pub(crate) fn test_attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| attribute.is_test())
    }

    /// Lines that are shipped.
    pub(crate) fn shipped_lines(&self) -> usize {
        (1..=self.lines).filter(|line| !self.is_test(*line)).count()
    }

    /// Whether this identifier occurs anywhere, macros included.
    pub(crate) fn names(&self, identifier: &str) -> bool {
        self.tokens.iter().any(|token| token.text == identifier)
    }

    fn attributes_of(&mut self, stream: TokenStream, around: RangeInclusive<usize>) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            let rest = tokens.get(index + 1..).unwrap_or_default();
            if let Some((text, line, inner)) = attribute(token, rest) {
                let governs = if inner { around.clone() } else { line..=end_of_item(rest, line) };
                self.attributes.push(Attribute { text, line, governs });
            }
            if let TokenTree::Group(group) = token {
                let span = group.span();
                self.attributes_of(group.stream(), span.start().line..=span.end().line);
            }
        }
    }
}

impl Attribute {
    fn is_test(&self) -> bool {
        let text = self.text.as_str();
        text == "test"
            || text == "cfg(test)"
            || text.starts_with("cfg(all(test,")
            || text.starts_with("tokio::test")
    }
}

/// Reads `#[...]` or `#![...]`: its text, its line, and whether it is an inner one.
fn attribute(token: &TokenTree, rest: &[TokenTree]) -> Option<(String, usize, bool)> {
    let hash = matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#');
    let (group, inner) = match rest {
        [TokenTree::Group(group), ..] => (group, false),
        [TokenTree::Punct(bang), TokenTree::Group(group), ..] if bang.as_char() == '!' => {
            (group, true)
        }
        _ => return None,
    };
    if !hash || group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let mut tokens = Vec::new();
    flatten(group.stream(), &mut tokens);
    let text = tokens.into_iter().map(|token| token.text).collect();
    Some((text, token.span().start().line, inner))
}

/// The last line of what an outer attribute governs: up to the first body in braces, or
/// before one the first `;`, or `,` outside angle brackets.
fn end_of_item(rest: &[TokenTree], line: usize) -> usize {
    let mut angles = 0_usize;
    let mut before = ' ';
    for token in rest {
        let mark = match token {
            TokenTree::Punct(punct) => punct.as_char(),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => '}',
            _ => ' ',
        };
        match mark {
            '<' => angles += 1,
            '>' if !matches!(before, '-' | '=') => angles = angles.saturating_sub(1),
            '}' | ';' => return token.span().end().line,
            ',' if angles == 0 => return token.span().end().line,
            _ => {}
        }
        before = mark;
    }
    rest.last().map_or(line, |token| token.span().end().line)
}

fn flatten(stream: TokenStream, into: &mut Vec<Token>) {
    for token in stream {
        let line = token.span().start().line;
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                into.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), into);
                into.push(Token { text: close.to_owned(), line: group.span().end().line });
            }
            TokenTree::Punct(punct) => match into.last_mut() {
                Some(last) if punct.as_char() == ':' && last.text == ":" => last.text.push(':'),
                _ => into.push(Token { text: punct.as_char().to_string(), line }),
            },
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                into.push(Token { text: token.to_string(), line });
            }
        }
    }
}

#[derive(Default)]
struct Reader {
    functions: Vec<Function>,
    modules: Vec<Module>,
    inline: Vec<String>,
}

impl Reader {
    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let at = signature.span().start().line..=block.span().end().line;
        self.functions.push(Function { name: signature.ident.to_string(), at });
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        if item.content.is_none() {
            let mut place = self.inline.clone();
            place.push(name);
            let line = item.ident.span().start().line;
            let path = item.attrs.iter().find_map(path_attribute);
            self.modules.push(Module { place: place.join("/"), path, line });
            return;
        }
        self.inline.push(name);
        visit::visit_item_mod(self, item);
        self.inline.pop();
    }
}

/// The text of `#[path = "text"]`.
fn path_attribute(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(literal) = &pair.value else { return None };
    match &literal.lit {
        syn::Lit::Str(text) if pair.path.is_ident("path") => Some(text.value()),
        _ => None,
    }
}
