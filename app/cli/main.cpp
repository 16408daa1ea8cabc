#include "command.h"
#include "core/loadedpages.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>

namespace {

int run(int argc, char **argv)
{
    using namespace graft::cli;
    CLI::App program("Graft: adapt pretrained networks to your own pictures.", "graft-cli");
    program.set_version_flag("--version", "graft-cli " GRAFT_VERSION);
    program.require_subcommand(1);
    // An option given twice means its last value, as shells' users expect of an alias with defaults.
    program.option_defaults()->take_last();
    int status = 0;
    for (const AddCommand add :
        {addInspect, addAdapt, addEvaluate, addPredict, addExport, addCompare, addGallery, addForecast, addBench, addDemo})
        add(program, status);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return program.exit(error) == 0 ? 0 : 2;
    } catch (const std::bad_alloc &) {
        std::cerr << "graft-cli: The computer ran out of memory; close other programs, or choose a smaller batch or network.\n";
        return 1;
    } catch (const std::exception &error) {
        std::cerr << "graft-cli: An unexpected failure in Graft: " << error.what() << "\n";
        return 1;
    }
    return status;
}

} // namespace

int main(int argc, char **argv)
{
    graft::letLoadedPagesGo();
    const int status = run(argc, argv);
    std::cout.flush();
    std::fflush(nullptr);
    // Whatever Graft holds is gone by here; LibTorch would take 40 ms to take its lists of operators apart.
    std::_Exit(status);
}
