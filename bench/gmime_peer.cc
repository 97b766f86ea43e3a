#include "bench/gmime_peer.h"

#include <dlfcn.h>

#include <cstdlib>

#include "protocols/base/ascii.h"

namespace mailcosm::bench {

// GMime's functions by their names, with its objects as plain pointers.
struct GmimePeer::Library {
  using Object = void*;
  using Callback = void (*)(Object parent, Object part, void* data);

  void* handle = nullptr;
  bool complete = true;

  void (*init)() = find<void (*)()>("g_mime_init");
  Object (*stream_of)(const char*, std::size_t) =
      find<Object (*)(const char*, std::size_t)>("g_mime_stream_mem_new_with_buffer");
  Object (*parser_of)(Object) = find<Object (*)(Object)>("g_mime_parser_new_with_stream");
  Object (*message_of)(Object, Object) =
      find<Object (*)(Object, Object)>("g_mime_parser_construct_message");
  void (*for_each)(Object, Callback,
                   void*) = find<void (*)(Object, Callback, void*)>("g_mime_message_foreach");
  Object (*content_of)(Object) = find<Object (*)(Object)>("g_mime_message_get_mime_part");
  Object (*type_of)(Object) = find<Object (*)(Object)>("g_mime_object_get_content_type");
  char* (*name_of)(Object) = find<char* (*)(Object)>("g_mime_content_type_get_mime_type");
  const char* (*parameter_of)(Object, const char*) =
      find<const char* (*)(Object, const char*)>("g_mime_content_type_get_parameter");
  std::size_t (*multipart_type)() = find<std::size_t (*)()>("g_mime_multipart_get_type");
  std::size_t (*message_part_type)() = find<std::size_t (*)()>("g_mime_message_part_get_type");
  int (*is_a)(Object,
              std::size_t) = find<int (*)(Object, std::size_t)>("g_type_check_instance_is_a");
  int (*count_of)(Object) = find<int (*)(Object)>("g_mime_multipart_get_count");
  Object (*part_of)(Object, int) = find<Object (*)(Object, int)>("g_mime_multipart_get_part");
  Object (*inner_of)(Object) = find<Object (*)(Object)>("g_mime_message_part_get_message");
  void (*unref)(Object) = find<void (*)(Object)>("g_object_unref");
  void (*release)(void*) = find<void (*)(void*)>("g_free");

  // Its libraries come with it: a symbol of them is found through its handle.
  template <typename Function>
  Function find(const char* name) {
    if (handle == nullptr) handle = dlopen("libgmime-3.0.so.0", RTLD_NOW);
    void* const symbol = handle == nullptr ? nullptr : dlsym(handle, name);
    complete = complete && symbol != nullptr;
    return reinterpret_cast<Function>(symbol);
  }

  // One parsed message with what it needs.
  struct Parsed {
    Parsed(const Library& library, std::string_view text) : library_(library) {
      stream_ = library.stream_of(text.data(), text.size());
      parser_ = library.parser_of(stream_);
      message = library.message_of(parser_, nullptr);
    }
    ~Parsed() {
      for (Object object : {message, parser_, stream_}) {
        if (object != nullptr) library_.unref(object);
      }
    }
    Parsed(const Parsed&) = delete;
    Parsed& operator=(const Parsed&) = delete;
    Object message = nullptr;

   private:
    const Library& library_;
    Object stream_ = nullptr;
    Object parser_ = nullptr;
  };

  void append_outline(Object part, std::string& text) const {
    const Object type = type_of(part);
    char* const name = name_of(type);
    ascii::append_lower(name, text);
    release(name);
    if (is_a(part, multipart_type()) != 0) {
      const char* const boundary = parameter_of(type, "boundary");
      text.append(";").append(boundary == nullptr ? "" : boundary).append("(");
      for (int i = 0; i < count_of(part); ++i) {
        if (i != 0) text += ' ';
        append_outline(part_of(part, i), text);
      }
      text += ')';
    } else if (is_a(part, message_part_type()) != 0) {
      text += '(';
      const Object inner = inner_of(part);
      if (inner != nullptr) append_outline(content_of(inner), text);
      text += ')';
    }
  }
};

GmimePeer::GmimePeer(std::unique_ptr<Library> library) : library_(std::move(library)) {}
GmimePeer::~GmimePeer() = default;

std::unique_ptr<GmimePeer> GmimePeer::load() {
  auto library = std::make_unique<Library>();
  if (!library->complete) return nullptr;
  library->init();
  return std::unique_ptr<GmimePeer>(new GmimePeer(std::move(library)));
}

std::size_t GmimePeer::parse(std::string_view message) const {
  const Library::Parsed parsed(*library_, message);
  std::size_t parts = 0;
  if (parsed.message == nullptr) return parts;
  library_->for_each(
      parsed.message, [](void*, void*, void* data) { ++*static_cast<std::size_t*>(data); }, &parts);
  return parts;
}

std::string GmimePeer::outline(std::string_view message) const {
  const Library::Parsed parsed(*library_, message);
  std::string text;
  if (parsed.message != nullptr)
    library_->append_outline(library_->content_of(parsed.message), text);
  return text;
}

namespace {

void append_outline(const mail::MimeTree& tree, const mail::Part& part, std::string& text) {
  text.append(part.content_type.type).append("/").append(part.content_type.subtype);
  if (part.kind == mail::Part::Kind::kLeaf) return;
  if (part.kind == mail::Part::Kind::kMultipart)
    text.append(";").append(part.content_type.boundary());
  text += '(';
  for (std::size_t i = 0; i < part.children.size(); ++i) {
    if (i != 0) text += ' ';
    append_outline(tree, tree.part(part.children[i]), text);
  }
  text += ')';
}

}  // namespace

std::string outline_of(const mail::MimeTree& tree) {
  std::string text;
  append_outline(tree, tree.root(), text);
  return text;
}

}  // namespace mailcosm::bench
