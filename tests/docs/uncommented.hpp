// A header with a public name that has no comment: Doxygen must say so.

namespace sipstatus::inline SIPSTATUS_ABI {

int forgotten(int one);

} // namespace sipstatus::inline SIPSTATUS_ABI
