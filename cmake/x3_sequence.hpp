// The little of Boost.Spirit X3 that the library's grammars use, for the amalgamation: what src/x3.hpp gives elsewhere.
// The names and signatures are X3's, so the grammars are the same text.

#include <sipstatus/version.hpp>

namespace sipstatus::inline SIPSTATUS_ABI::x3 {

struct unused_type {};
inline constexpr unused_type unused{};

template <class Derived> struct parser {
    constexpr const Derived &derived() const noexcept { return static_cast<const Derived &>(*this); }
};

template <class Left, class Right> struct sequence : parser<sequence<Left, Right>> {
    constexpr sequence(const Left &l, const Right &r) noexcept : left(l), right(r) {}

    template <class Context>
    [[gnu::always_inline]] bool parse(const char *&first, const char *const &last, const Context &context,
                                      unused_type value, const unused_type &attribute) const noexcept {
        const char *const begin = first;
        if (left.parse(first, last, context, value, attribute) && right.parse(first, last, context, value, attribute))
            return true;
        first = begin;
        return false;
    }

    Left left;
    Right right;
};

template <class Left, class Right>
constexpr sequence<Left, Right> operator>>(const parser<Left> &left, const parser<Right> &right) noexcept {
    return {left.derived(), right.derived()};
}

// Any number of times, and at most once.
template <class Subject> struct kleene : parser<kleene<Subject>> {
    constexpr explicit kleene(const Subject &s) noexcept : subject(s) {}

    template <class Context>
    bool parse(const char *&first, const char *const &last, const Context &context, unused_type value,
               const unused_type &attribute) const noexcept {
        while (subject.parse(first, last, context, value, attribute)) {
        }
        return true;
    }

    Subject subject;
};

template <class Subject> struct optional : parser<optional<Subject>> {
    constexpr explicit optional(const Subject &s) noexcept : subject(s) {}

    template <class Context>
    bool parse(const char *&first, const char *const &last, const Context &context, unused_type value,
               const unused_type &attribute) const noexcept {
        subject.parse(first, last, context, value, attribute);
        return true;
    }

    Subject subject;
};

template <class Subject> constexpr kleene<Subject> operator*(const parser<Subject> &subject) noexcept {
    return kleene<Subject>(subject.derived());
}
template <class Subject> constexpr optional<Subject> operator-(const parser<Subject> &subject) noexcept {
    return optional<Subject>(subject.derived());
}

// What the parsers of one input share. X3 finds it by a type; here there is one.
template <class Value> struct context { Value &value; };

template <class Id, class Value> [[gnu::always_inline]] inline context<Value> make_context(Value &value) noexcept {
    return {value};
}

template <class Id, class Value> [[gnu::always_inline]] inline Value &get(const context<Value> &from) noexcept {
    return from.value;
}

} // namespace sipstatus::inline SIPSTATUS_ABI::x3
