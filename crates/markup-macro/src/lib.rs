//! `view!` in the syntax of Leptos, written out as a text and plain calls.
//!
//! Leptos' own macro gives each piece of markup a type of its own, and with it code of its own for building, rebuilding,
//! mounting and dropping it. This one writes what never changes down as a text, which `portal_markup` makes nodes of, and calls for
//! what stands in its holes; there is one type for all views: about a fifth of the code (docs/decisions/0009).
//!
//! What is understood: elements, attributes, `on:event`, `prop:name`, `node_ref`, components with props, children and
//! `let:binding`, blocks, texts and fragments.

mod writing;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement, NodeName};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit};
use writing::Writing;

/// Markup as a view.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match rstml::parse2(tokens.into()).and_then(|nodes| fragment(&nodes)) {
        Ok(view) => view.into(),
        Err(error) => error.to_compile_error().into(),
    }
}

/// Several pieces side by side.
fn fragment(nodes: &[Node]) -> syn::Result<TokenStream> {
    let mut writing = Writing::default();
    for node in nodes {
        child(node, &mut writing)?;
    }
    Ok(writing.finished())
}

/// Writes `node` down.
fn child(node: &Node, writing: &mut Writing) -> syn::Result<()> {
    match node {
        Node::Comment(_) | Node::Doctype(_) => {}
        Node::Fragment(inner) => {
            for node in inner.children() {
                child(node, writing)?;
            }
        }
        Node::Text(text) => writing.text(&text.value_string()),
        Node::RawText(text) => {
            let text = text.to_string_best();
            if !text.trim().is_empty() {
                writing.text(&text);
            }
        }
        Node::Block(block) => {
            let value = match block {
                rstml::node::NodeBlock::ValidBlock(block) if block.stmts.len() == 1 => {
                    let statement = &block.stmts[0];
                    quote!(#statement)
                }
                other => quote!(#other),
            };
            writing
                .hole(quote_spanned!(node.span()=> ::portal_markup::Child::put(#value, &__view);));
        }
        Node::Element(inner) if is_component(inner.name()) => {
            let view = component(inner)?;
            writing.hole(quote!(::portal_markup::put_component(&__view, #view);));
        }
        Node::Element(inner) => element(inner, writing)?,
        Node::Custom(_) => {
            return Err(syn::Error::new(node.span(), "this is not understood here"));
        }
    }
    Ok(())
}

/// Elements of SVG; they live in a namespace of their own.
const SVG: [&str; 14] = [
    "circle", "defs", "ellipse", "g", "line", "path", "pattern", "polygon", "polyline", "rect",
    "svg", "text", "tspan", "use",
];

fn element(node: &NodeElement<rstml::Infallible>, writing: &mut Writing) -> syn::Result<()> {
    let tag = node.name().to_string();
    writing.open(&tag, SVG.contains(&tag.as_str()));
    // What stays first, so that the text is interrupted once at most.
    let mut holes = Vec::new();
    for attribute in node.attributes() {
        let attribute = keyed(attribute)?;
        let name = attribute.key.to_string();
        match fixed(attribute).filter(|_| !name.contains(':')) {
            Some(value) => writing.attribute(&name, &value),
            None => holes.push(changing(attribute, &name)),
        }
    }
    for hole in holes {
        writing.hole(hole);
    }
    for node in node.children() {
        child(node, writing)?;
    }
    writing.close();
    Ok(())
}

/// The value of an attribute that stands in the markup itself.
fn fixed(attribute: &KeyedAttribute) -> Option<String> {
    match attribute.value() {
        None => Some(String::new()),
        Some(Expr::Lit(ExprLit {
            lit: Lit::Str(value),
            ..
        })) => Some(value.value()),
        Some(_) => None,
    }
}

/// The statement that gives the open element one attribute, handler, property or reference.
fn changing(attribute: &KeyedAttribute, name: &str) -> TokenStream {
    let span = attribute.key.span();
    let value = attribute.value();
    if let Some(event) = name.strip_prefix("on:") {
        let event = Ident::new(event, span);
        return quote_spanned!(span=> __view.on(::portal_markup::event::#event, #value););
    }
    if let Some(property) = name.strip_prefix("prop:") {
        return quote_spanned!(span=> ::portal_markup::Property::put(#value, &__view, #property););
    }
    if name == "node_ref" {
        return quote_spanned!(span=> __view.refer(#value););
    }
    quote_spanned!(span=> ::portal_markup::Attribute::put(#value, &__view, #name);)
}

fn keyed(attribute: &NodeAttribute) -> syn::Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => {
            Err(syn::Error::new(block.span(), "an attribute has a name"))
        }
    }
}

/// Components are written with a capital letter, or as a path.
fn is_component(name: &NodeName) -> bool {
    let name = name.to_string();
    name.contains("::") || name.starts_with(char::is_uppercase)
}

fn component(node: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let name = node.name();
    let mut props = Vec::new();
    let mut binding = None;
    for attribute in node.attributes() {
        let attribute = keyed(attribute)?;
        let key = attribute.key.to_string();
        if let Some(bound) = key.strip_prefix("let:") {
            binding = Some(format_ident!("{}", bound, span = attribute.key.span()));
            continue;
        }
        let prop = Ident::new(&key, attribute.key.span());
        props.push(match attribute.value() {
            Some(value) => quote_spanned!(value.span()=> .#prop(#[allow(unused_braces, reason = "a block is one way to write a value")] { #value })),
            None => quote!(.#prop(true)),
        });
    }
    let children = children(node, binding)?;
    Ok(quote_spanned! {name.span()=>
        ::leptos::component::component_view(
            #name,
            ::leptos::component::component_props_builder(&#name) #(#props)* #children .build(),
        )
    })
}

fn children(
    node: &NodeElement<rstml::Infallible>,
    binding: Option<Ident>,
) -> syn::Result<TokenStream> {
    if node.children().is_empty() {
        return Ok(TokenStream::new());
    }
    let view = fragment(node.children())?;
    let span = Span::call_site();
    Ok(match binding {
        Some(bound) => quote_spanned!(span=> .children(move |#bound| #view)),
        None => {
            quote_spanned!(span=> .children(::portal_markup::ToChildren::to_children(move || #view)))
        }
    })
}
