#include "demo/transfercurve.h"

#include <algorithm>
#include <sstream>

namespace graft {
namespace {

constexpr double left = 56, top = 20, width = 420, height = 220;

double x(int epoch, std::size_t epochs)
{
    return left + width * (epoch - 1) / static_cast<double>(std::max<std::size_t>(2, epochs) - 1);
}

double y(double accuracy)
{
    return top + height * (1 - accuracy);
}

std::string curve(const std::vector<EpochResult> &epochs, const std::string &colour, const std::string &label)
{
    std::ostringstream svg;
    svg << "<polyline fill=\"none\" stroke=\"" << colour << "\" stroke-width=\"2.5\" points=\"";
    for (const EpochResult &epoch : epochs)
        svg << x(epoch.epoch, epochs.size()) << "," << y(epoch.validation->accuracy) << " ";
    svg << "\"/>\n<text x=\"" << left + width + 8 << "\" y=\"" << y(epochs.back().validation->accuracy) + 4 << "\" fill=\"" << colour
        << "\">" << label << "</text>\n";
    return svg.str();
}

} // namespace

std::string transferTable(const DemoResult &result)
{
    std::ostringstream table;
    table << "epoch,transferred,from scratch\n";
    for (std::size_t i = 0; i < std::min(result.transferred.size(), result.fromScratch.size()); ++i)
        table << result.transferred[i].epoch << "," << result.transferred[i].validation->accuracy << ","
              << result.fromScratch[i].validation->accuracy << "\n";
    return table.str();
}

std::string transferCurve(const DemoResult &result)
{
    std::ostringstream svg;
    svg << R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 290" font-family="sans-serif" font-size="13">)"
        << "\n<rect width=\"640\" height=\"290\" fill=\"#ffffff\"/>\n";
    for (int tick = 0; tick <= 100; tick += 25)
        svg << "<line x1=\"" << left << "\" x2=\"" << left + width << "\" y1=\"" << y(tick / 100.0) << "\" y2=\"" << y(tick / 100.0)
            << "\" stroke=\"#d5d9de\"/>\n<text x=\"" << left - 8 << "\" y=\"" << y(tick / 100.0) + 4
            << "\" text-anchor=\"end\" fill=\"#444\">" << tick << " %</text>\n";
    svg << "<text x=\"" << left + width / 2 << "\" y=\"" << top + height + 36
        << "\" text-anchor=\"middle\" fill=\"#444\">epoch (validation accuracy, " << result.classNames.size()
        << " classes, 10 pictures each)</text>\n";
    for (std::size_t epoch = 1; epoch <= result.transferred.size(); epoch += 2)
        svg << "<text x=\"" << x(static_cast<int>(epoch), result.transferred.size()) << "\" y=\"" << top + height + 18
            << "\" text-anchor=\"middle\" fill=\"#444\">" << epoch << "</text>\n";
    svg << curve(result.transferred, "#b4540a", "pretrained") << curve(result.fromScratch, "#2b6cb0", "from scratch") << "</svg>\n";
    return svg.str();
}

} // namespace graft
