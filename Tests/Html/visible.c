/* Prints the visible text of the page on standard input as libgumbo reads it, by the rules of
   renderBlocks: cc visible.c -lgumbo. White space is not collapsed. */
#include <ctype.h>
#include <gumbo.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const unseen[] = {
    "applet",   "area",   "audio",  "base",   "canvas", "datalist", "head",     "iframe",
    "math",     "noembed", "noframes", "object", "optgroup", "option", "script",   "select",
    "style",    "svg",    "template", "textarea", "title",  "video",  NULL};
static const char *const blocks[] = {
    "h1",      "h2",      "h3",     "h4",         "h5",       "h6",     "address", "article",
    "aside",   "blockquote", "center", "details", "dialog",   "dir",    "div",     "dl",
    "fieldset", "figcaption", "figure", "footer", "header",   "hgroup", "listing", "main",
    "menu",    "nav",     "ol",     "pre",        "search",   "section", "summary", "ul",
    "body",    "button",  "caption", "dd",        "dt",       "form",   "hr",      "html",
    "legend",  "li",      "option", "optgroup",   "p",        "plaintext", "table", "tbody",
    "td",      "tfoot",   "th",     "thead",      "tr",       "xmp",    "marquee", "br",
    NULL};

static bool is_one_of(const char *name, size_t length, const char *const *names) {
  for (; *names; names++)
    if (strlen(*names) == length && !strncasecmp(*names, name, length)) return true;
  return false;
}

static const char *skip(const char *text) {
  while (isspace((unsigned char)*text)) text++;
  return text;
}

static bool style_hides(const char *style) {
  while (style) {
    const char *name = skip(style), *next = strchr(style, ';'), *colon = strchr(style, ':');
    if (colon && (!next || colon < next)) {
      const char *value = skip(colon + 1);
      if (!strncasecmp(name, "display", 7) && !strncasecmp(value, "none", 4)) return true;
      if (!strncasecmp(name, "visibility", 10) && !strncasecmp(value, "hidden", 6)) return true;
    }
    style = next ? next + 1 : NULL;
  }
  return false;
}

static GumboStringPiece name_of(const GumboElement *element) {
  if (element->tag != GUMBO_TAG_UNKNOWN) {
    const char *name = gumbo_normalized_tagname(element->tag);
    return (GumboStringPiece){name, strlen(name)};
  }
  GumboStringPiece name = element->original_tag;
  gumbo_tag_from_original_text(&name);
  return name;
}

static bool is_hidden(const GumboElement *element, GumboStringPiece name) {
  if (is_one_of(name.data, name.length, unseen)) return true;
  if (gumbo_get_attribute(&element->attributes, "hidden")) return true;
  const GumboAttribute *style = gumbo_get_attribute(&element->attributes, "style");
  if (style && style_hides(style->value)) return true;
  return name.length == 6 && !strncasecmp(name.data, "dialog", 6) &&
         !gumbo_get_attribute(&element->attributes, "open");
}

int main(void) {
  size_t length = 0, room = 1 << 20;
  char *page = malloc(room);
  for (size_t got; (got = fread(page + length, 1, room - length, stdin)) > 0;) {
    length += got;
    if (length == room) page = realloc(page, room *= 2);
  }
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput *output = gumbo_parse_with_options(&options, page, length);
  const GumboNode *node = output->document;
  while (node) {
    const GumboVector *children = NULL;
    if (node->type == GUMBO_NODE_DOCUMENT) children = &node->v.document.children;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
      GumboStringPiece name = name_of(&node->v.element);
      if (is_one_of(name.data, name.length, blocks)) putchar('\n');
      if (!is_hidden(&node->v.element, name)) children = &node->v.element.children;
    }
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA)
      fputs(node->v.text.text, stdout);
    if (children && children->length > 0) {
      node = children->data[0];
      continue;
    }
    for (;;) {
      if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
        GumboStringPiece name = name_of(&node->v.element);
        if (is_one_of(name.data, name.length, blocks)) putchar('\n');
      }
      const GumboNode *parent = node->parent;
      if (!parent) {
        node = NULL;
        break;
      }
      children = parent->type == GUMBO_NODE_DOCUMENT ? &parent->v.document.children
                                                     : &parent->v.element.children;
      if (node->index_within_parent + 1 < children->length) {
        node = children->data[node->index_within_parent + 1];
        break;
      }
      node = parent;
    }
  }
  return 0;
}
