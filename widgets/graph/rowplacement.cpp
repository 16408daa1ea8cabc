#include "graph/rowplacement.h"

#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr double nodeGap = 28;
constexpr double passingGap = 20; ///< between a box and a line that passes it
constexpr double betweenLines = 14; ///< between two such lines
constexpr int sweeps = 10;
constexpr double settled = 0.01; ///< where nothing moves farther than this

} // namespace

Rows::Rows(std::size_t nodes, std::size_t edges) : m_nodeCount(nodes), m_piecesOf(edges) { }

void Rows::addCell(int row, double across, double width)
{
    if (std::size_t(row) >= m_rows.size())
        m_rows.resize(std::size_t(row) + 1);
    m_rows[std::size_t(row)].push_back(int(m_cells.size()));
    m_cells.push_back({row, across, width, 0});
}

void Rows::addPiece(int edge, int from, int to)
{
    m_piecesOf[std::size_t(edge)].push_back(m_pieces.size());
    m_pieces.push_back({edge, from, to});
}

void Rows::setOffsets(int edge, double fromOffset, double toOffset)
{
    auto &pieces = m_piecesOf[std::size_t(edge)];
    std::sort(pieces.begin(), pieces.end(), [this](auto one, auto two) { return row(m_pieces[one].from) < row(m_pieces[two].from); });
    m_pieces[pieces.front()].fromOffset = fromOffset;
    m_pieces[pieces.back()].toOffset = toOffset;
}

/// What holds two cells in a line: most of all the longest way through the graph, least where a passing line meets a box.
double Rows::weight(const Piece &piece) const
{
    if (isNode(piece.from) && isNode(piece.to))
        return piece.isMainInput && piece.isMainOutput ? 1e8 : piece.isMainInput || piece.isMainOutput ? 1e4 : 100;
    return isNode(piece.from) || isNode(piece.to) ? 0.5 : 4;
}

/// A box's main input is the one with the most boxes before it, its main output the one with the most behind it; there may be several.
void Rows::findMainWays()
{
    std::vector<int> before(m_cells.size(), 0), behind(m_cells.size(), 0);
    for (const auto &row : m_rows) {
        for (const int cell : row) {
            for (const std::size_t piece : m_above[std::size_t(cell)])
                before[std::size_t(cell)] = std::max(before[std::size_t(cell)], before[std::size_t(m_pieces[piece].from)]);
            before[std::size_t(cell)] += isNode(cell) ? 1 : 0;
        }
    }
    for (auto row = m_rows.rbegin(); row != m_rows.rend(); ++row) {
        for (const int cell : *row) {
            for (const std::size_t piece : m_below[std::size_t(cell)])
                behind[std::size_t(cell)] = std::max(behind[std::size_t(cell)], behind[std::size_t(m_pieces[piece].to)]);
            behind[std::size_t(cell)] += isNode(cell) ? 1 : 0;
        }
    }
    for (Piece &piece : m_pieces) {
        const std::size_t from = std::size_t(piece.from), to = std::size_t(piece.to);
        piece.isMainInput = before[from] + (isNode(piece.to) ? 1 : 0) == before[to];
        piece.isMainOutput = behind[to] + (isNode(piece.from) ? 1 : 0) == behind[from];
    }
}

double Rows::distance(int left, int right) const
{
    const double gap = isNode(left) && isNode(right) ? nodeGap : isNode(left) || isNode(right) ? passingGap : betweenLines;
    return (m_cells[std::size_t(left)].width + m_cells[std::size_t(right)].width) / 2 + gap;
}

/// In igraph's order, or its mirror image: lines that pass go by on the right.
void Rows::sortRows()
{
    double lean = 0;
    for (auto &row : m_rows) {
        std::stable_sort(row.begin(), row.end(),
            [this](int one, int two) { return m_cells[std::size_t(one)].across < m_cells[std::size_t(two)].across; });
        for (std::size_t place = 0; place < row.size(); ++place) {
            if (!isNode(row[place]))
                lean += double(place) - double(row.size() - 1) / 2;
        }
    }
    if (lean < 0) {
        for (auto &row : m_rows)
            std::reverse(row.begin(), row.end());
    }
}

void Rows::placeAcross()
{
    sortRows();
    m_above.assign(m_cells.size(), {});
    m_below.assign(m_cells.size(), {});
    for (std::size_t piece = 0; piece < m_pieces.size(); ++piece) {
        m_above[std::size_t(m_pieces[piece].to)].push_back(piece);
        m_below[std::size_t(m_pieces[piece].from)].push_back(piece);
    }
    findMainWays();
    for (const auto &row : m_rows) {
        for (std::size_t place = 1; place < row.size(); ++place)
            m_cells[std::size_t(row[place])].x = m_cells[std::size_t(row[place - 1])].x + distance(row[place - 1], row[place]);
    }
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        const Side above = sweep < sweeps - 2 ? Side::Above : Side::Both, below = sweep < sweeps - 2 ? Side::Below : Side::Both;
        double moved = 0;
        for (std::size_t row = 0; row < m_rows.size(); ++row)
            moved = std::max(moved, pullTogether(row, above));
        for (std::size_t row = m_rows.size(); row-- > 0;)
            moved = std::max(moved, pullTogether(row, below));
        if (moved < settled)
            sweep = std::max(sweep, sweeps - 3);
    }
    double left = 1e12, right = -1e12;
    for (const Cell &cell : m_cells) {
        left = std::min(left, cell.x - cell.width / 2);
        right = std::max(right, cell.x + cell.width / 2);
    }
    for (Cell &cell : m_cells)
        cell.x -= left;
    m_width = right - left;
}

/// The weighted median of what the cell hangs on, with the sum of the weights; where it is when it hangs on nothing.
Rows::Pull Rows::pullOn(std::size_t cell, Side side)
{
    std::vector<Pull> &pulls = m_pulls;
    pulls.clear();
    if (side != Side::Below) {
        for (const std::size_t at : m_above[cell])
            pulls.push_back({x(m_pieces[at].from) + m_pieces[at].fromOffset - m_pieces[at].toOffset, weight(m_pieces[at])});
    }
    if (side != Side::Above) {
        for (const std::size_t at : m_below[cell])
            pulls.push_back({x(m_pieces[at].to) + m_pieces[at].toOffset - m_pieces[at].fromOffset, weight(m_pieces[at])});
    }
    if (pulls.empty())
        return {m_cells[cell].x, 0.1};
    std::sort(pulls.begin(), pulls.end(), [](const Pull &one, const Pull &two) { return one.x < two.x; });
    double total = 0;
    for (const Pull &pull : pulls)
        total += pull.weight;
    double passed = 0;
    for (std::size_t at = 0; at + 1 < pulls.size(); ++at) {
        passed += pulls[at].weight;
        if (passed * 2 == total)
            return {(pulls[at].x + pulls[at + 1].x) / 2, total};
        if (passed * 2 > total)
            return {pulls[at].x, total};
    }
    return {pulls.back().x, total};
}

/// Moves a row's cells to where they are pulled, then apart again where they would overlap (isotonic regression by pooling
/// neighbours: the nearest places that keep order and distance). Returns the farthest way that one went.
double Rows::pullTogether(std::size_t row, Side side)
{
    struct Pool {
        double sum, weight;
        std::size_t cells;
        [[nodiscard]] double mean() const { return sum / weight; }
    };
    const std::vector<int> &cells = m_rows[row];
    std::vector<Pool> pools;
    std::vector<double> offsets(cells.size(), 0.0);
    for (std::size_t place = 0; place < cells.size(); ++place) {
        if (place > 0)
            offsets[place] = offsets[place - 1] + distance(cells[place - 1], cells[place]);
        const Pull pull = pullOn(std::size_t(cells[place]), side);
        pools.push_back({(pull.x - offsets[place]) * pull.weight, pull.weight, 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back() = {pools.back().sum + last.sum, pools.back().weight + last.weight, pools.back().cells + last.cells};
        }
    }
    std::size_t place = 0;
    double farthest = 0;
    for (const Pool &pool : pools) {
        for (std::size_t end = place + pool.cells; place < end; ++place) {
            double &x = m_cells[std::size_t(cells[place])].x;
            const double wanted = pool.mean() + offsets[place];
            farthest = std::max(farthest, std::abs(wanted - x));
            x = wanted;
        }
    }
    return farthest;
}

} // namespace graft
