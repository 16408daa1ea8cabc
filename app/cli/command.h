#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace graft::cli {

/// Each subcommand defines one of these: it adds itself to the program and, when it was chosen, leaves its exit status in `status`:
/// 0, or 1 after a failure that has been reported. Wrong usage is CLI11's and ends with 2.
using AddCommand = void (*)(CLI::App &program, int &status);

/// `--precision`, for usesBfloat16() to read.
inline void addPrecision(CLI::App &command, std::string &precision)
{
    command.add_option("--precision", precision, "auto (bf16 where the device is made for it), fp32 or bf16")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}))
        ->capture_default_str();
}

void addInspect(CLI::App &program, int &status);
void addAdapt(CLI::App &program, int &status);
void addEvaluate(CLI::App &program, int &status);
void addPredict(CLI::App &program, int &status);
void addExport(CLI::App &program, int &status);
void addCompare(CLI::App &program, int &status);
void addGallery(CLI::App &program, int &status);
void addForecast(CLI::App &program, int &status);
void addBench(CLI::App &program, int &status);
void addDemo(CLI::App &program, int &status);

} // namespace graft::cli
