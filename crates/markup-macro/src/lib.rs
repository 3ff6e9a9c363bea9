//! `view!` in the syntax of Leptos, written out as plain calls.
//!
//! Leptos' own macro gives each piece of markup a type of its own, and with it code of its own for building, rebuilding,
//! mounting and dropping it. This one writes calls of `portal_markup` instead, which has one type for all views: about a
//! quarter of the code (docs/decisions/0009).
//!
//! What is understood: elements, attributes, `on:event`, `prop:name`, `node_ref`, components with props, children and
//! `let:binding`, blocks, texts and fragments.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement, NodeName};
use syn::spanned::Spanned;

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
    let parts = nodes
        .iter()
        .map(|node| child(node, &quote!(__view)))
        .collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! {{
        let mut __view = ::portal_markup::View::new();
        #(#parts)*
        __view
    }})
}

/// The statement that puts `node` into `parent`.
fn child(node: &Node, parent: &TokenStream) -> syn::Result<TokenStream> {
    match node {
        Node::Comment(_) | Node::Doctype(_) => Ok(TokenStream::new()),
        Node::Fragment(inner) => {
            let parts = inner
                .children()
                .iter()
                .map(|node| child(node, parent))
                .collect::<syn::Result<Vec<_>>>()?;
            Ok(quote!(#(#parts)*))
        }
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote!(::portal_markup::Parent::text(&mut #parent, #text);))
        }
        Node::RawText(text) => {
            let text = text.to_string_best();
            Ok(if text.trim().is_empty() {
                TokenStream::new()
            } else {
                quote!(::portal_markup::Parent::text(&mut #parent, #text);)
            })
        }
        Node::Block(block) => {
            let value = match block {
                rstml::node::NodeBlock::ValidBlock(block) if block.stmts.len() == 1 => {
                    let statement = &block.stmts[0];
                    quote!(#statement)
                }
                other => quote!(#other),
            };
            Ok(quote_spanned!(node.span()=> ::portal_markup::Child::put(#value, &mut #parent);))
        }
        Node::Element(inner) if is_component(inner.name()) => {
            let view = component(inner)?;
            Ok(quote!(::portal_markup::put_component(&mut #parent, #view);))
        }
        Node::Element(inner) => {
            let element = element(inner)?;
            Ok(quote!(::portal_markup::Parent::node(&mut #parent, #element);))
        }
        Node::Custom(_) => Err(syn::Error::new(node.span(), "this is not understood here")),
    }
}

/// Elements of SVG; they live in a namespace of their own.
const SVG: [&str; 14] = [
    "circle", "defs", "ellipse", "g", "line", "path", "pattern", "polygon", "polyline", "rect",
    "svg", "text", "tspan", "use",
];

fn element(node: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let tag = node.name().to_string();
    let create = if SVG.contains(&tag.as_str()) {
        quote!(svg)
    } else {
        quote!(html)
    };
    let attributes = node
        .attributes()
        .iter()
        .map(attribute)
        .collect::<syn::Result<Vec<_>>>()?;
    let children = node
        .children()
        .iter()
        .map(|node| child(node, &quote!(__element)))
        .collect::<syn::Result<Vec<_>>>()?;
    // Children first: a handler on the element may be asked for what stands inside.
    Ok(quote! {{
        #[allow(unused_mut, reason = "an element without children is not changed")]
        let mut __element = ::portal_markup::Element::#create(#tag);
        #(#attributes)*
        #(#children)*
        __element
    }})
}

/// The statement that gives an element one attribute, handler, property or reference.
fn attribute(attribute: &NodeAttribute) -> syn::Result<TokenStream> {
    let attribute = keyed(attribute)?;
    let name = attribute.key.to_string();
    let span = attribute.key.span();
    let Some(value) = attribute.value() else {
        return Ok(quote!(__element.set(#name, "");));
    };
    if let Some(event) = name.strip_prefix("on:") {
        let event = Ident::new(event, span);
        return Ok(quote_spanned!(span=> __element.on(::portal_markup::event::#event, #value);));
    }
    if let Some(property) = name.strip_prefix("prop:") {
        return Ok(
            quote_spanned!(span=> ::portal_markup::Property::put(#value, &__element, #property);),
        );
    }
    if name == "node_ref" {
        return Ok(quote_spanned!(span=> __element.refer(#value);));
    }
    Ok(quote_spanned!(span=> ::portal_markup::Attribute::put(#value, &__element, #name);))
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
