#include "data/drawnpictures.h"
#include "demo/demo.h"
#include "formats/safetensors.h"

// The built-in network's file, as it was written by rebuildDemoModel(), placed in the program's read-only data.
asm(R"(
    .section .rodata
    .global graftDemoModelBegin
    .global graftDemoModelEnd
    .balign 64
graftDemoModelBegin:
    .incbin ")" GRAFT_DEMO_MODEL R"("
graftDemoModelEnd:
    .previous
)");

extern "C" const std::byte graftDemoModelBegin[];
extern "C" const std::byte graftDemoModelEnd[];

namespace graft {

Result<ModelPackage> demoModel()
{
    const std::string subject = "the built-in network";
    const auto contents = parseSafetensors({graftDemoModelBegin, graftDemoModelEnd}, nullptr, subject);
    return contents ? packageFromMetadata(*contents, subject) : fail(contents.error());
}

} // namespace graft
