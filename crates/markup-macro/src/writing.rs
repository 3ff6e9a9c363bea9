//! The text that `view!` becomes, and the code for its holes. The signs stand in `template.rs` of `portal-markup` too.

use proc_macro2::TokenStream;
use quote::quote;

const OPEN: char = '\u{1}';
const OPEN_SVG: char = '\u{2}';
const ATTRIBUTE: char = '\u{3}';
const TEXT: char = '\u{4}';
const CLOSE: char = '\u{5}';
const HOLE: char = '\u{6}';

/// A view as it is written down.
#[derive(Default)]
pub struct Writing {
    markup: String,
    statements: Vec<TokenStream>,
    /// Where in the text the last hole is.
    hole: Option<usize>,
}

impl Writing {
    /// An element begins.
    pub fn open(&mut self, tag: &str, is_svg: bool) {
        self.piece(if is_svg { OPEN_SVG } else { OPEN }, tag);
    }

    /// The element that began last has an attribute.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.piece(ATTRIBUTE, &[name, "=", value].concat());
    }

    /// A text stands here.
    pub fn text(&mut self, text: &str) {
        self.piece(TEXT, text);
    }

    /// The element that began last ends.
    pub fn close(&mut self) {
        self.markup.push(CLOSE);
    }

    fn piece(&mut self, sign: char, words: &str) {
        self.markup.push(sign);
        self.markup.push_str(words);
    }

    /// Here `statement` makes something. Two such side by side share a hole.
    pub fn hole(&mut self, statement: TokenStream) {
        if self.hole != Some(self.markup.len()) {
            if self.hole.is_some() {
                self.statements.push(quote!(__view.go_on();));
            }
            self.markup.push(HOLE);
            self.hole = Some(self.markup.len());
        }
        self.statements.push(statement);
    }

    /// The whole, as an expression.
    pub fn finished(mut self) -> TokenStream {
        let markup = self.markup.trim_end_matches(CLOSE);
        if self.hole.is_some_and(|hole| hole < markup.len()) {
            self.statements.push(quote!(__view.go_on();));
        }
        let markup = markup.trim_end_matches(HOLE);
        let statements = self.statements;
        let begun = if markup.is_empty() {
            quote!(::portal_markup::View::new())
        } else {
            quote!(::portal_markup::View::begin(#markup))
        };
        quote! {{
            let __view = #begun;
            #(#statements)*
            __view
        }}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_changes_is_one_text() {
        let mut writing = Writing::default();
        writing.open("p", false);
        writing.attribute("class", "soft");
        writing.text("so");
        writing.close();
        let expected = quote! {{
            let __view = ::portal_markup::View::begin("\u{1}p\u{3}class=soft\u{4}so");
            __view
        }};
        assert_eq!(writing.finished().to_string(), expected.to_string());
    }

    #[test]
    fn the_text_goes_on_after_a_hole_where_something_comes() {
        let mut writing = Writing::default();
        writing.hole(quote!(first();));
        writing.open("svg", true);
        writing.hole(quote!(second();));
        writing.hole(quote!(third();));
        writing.close();
        writing.text("and");
        let expected = quote! {{
            let __view = ::portal_markup::View::begin("\u{6}\u{2}svg\u{6}\u{5}\u{4}and");
            first();
            __view.go_on();
            second();
            third();
            __view.go_on();
            __view
        }};
        assert_eq!(writing.finished().to_string(), expected.to_string());
    }

    #[test]
    fn what_has_no_text_begins_with_nothing() {
        let mut writing = Writing::default();
        writing.hole(quote!(only();));
        let expected = quote! {{
            let __view = ::portal_markup::View::new();
            only();
            __view
        }};
        assert_eq!(writing.finished().to_string(), expected.to_string());
    }
}
