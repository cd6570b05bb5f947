#ifndef SIPSTATUS_TOOL_STAGE_HPP
#define SIPSTATUS_TOOL_STAGE_HPP

// The shape of every stage between an input and a report:
//
//   packets -> segments -> messages -> responses -> findings and rows
//
// A stage takes items of one type, owns its state, and pushes what it makes into the next stage. It knows the type that
// it hands on and nothing else of what follows. So a run owns its stages, and two runs can go side by side.

namespace sipstatus::tool {

template <class Item> class stage {
public:
    stage() = default;
    stage(const stage &) = delete;
    stage &operator=(const stage &) = delete;
    virtual ~stage() = default;

    // Takes the next item. Its views are valid during the call only.
    virtual void push(const Item &item) = 0;

    // No item follows: hands on what was held back, then calls finish() of the next stage.
    virtual void finish() = 0;
};

} // namespace sipstatus::tool

#endif
