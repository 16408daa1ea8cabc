#pragma once
#include <cstddef>
#include <vector>

namespace graft {

/// The rows of a layered graph: cells (a node, or a waypoint of an edge that passes) in their order, and where they stand across. Used by
/// layOut().
class Rows {
public:
    /// A stretch of an edge from a cell to one in the next row.
    struct Piece {
        int edge = -1;
        int from = -1;
        int to = -1;
        double fromOffset = 0;
        double toOffset = 0;
        bool isMainInput = false;
        bool isMainOutput = false;
    };

    /// The first `nodes` cells that are added are the nodes.
    Rows(std::size_t nodes, std::size_t edges);

    /// `across` decides the order within the row.
    void addCell(int row, double across, double width);
    void addPiece(int edge, int from, int to);
    void setOffsets(int edge, double fromOffset, double toOffset);
    void setTargetOffset(std::size_t piece, double offset) { m_pieces[piece].toOffset = offset; }

    /// Gives every cell its place: in order, apart by its width, as straight below its neighbours as may be; chains of nodes before
    /// passing lines. The left edge of all is 0.
    void placeAcross();

    [[nodiscard]] std::size_t count() const { return m_rows.size(); }
    [[nodiscard]] int row(int cell) const { return m_cells[std::size_t(cell)].row; }
    [[nodiscard]] double x(int cell) const { return m_cells[std::size_t(cell)].x; } ///< its middle
    [[nodiscard]] double width() const { return m_width; }
    [[nodiscard]] const std::vector<Piece> &pieces() const { return m_pieces; }
    /// From top to bottom.
    [[nodiscard]] const std::vector<std::size_t> &piecesOf(int edge) const { return m_piecesOf[std::size_t(edge)]; }

private:
    struct Cell {
        int row = 0;
        double across = 0;
        double width = 0;
        double x = 0;
    };
    struct Pull {
        double x;
        double weight;
    };
    enum class Side { Above, Below, Both };

    [[nodiscard]] bool isNode(int cell) const { return std::size_t(cell) < m_nodeCount; }
    [[nodiscard]] double weight(const Piece &piece) const;
    [[nodiscard]] double distance(int left, int right) const;
    void findMainWays();
    void sortRows();
    [[nodiscard]] Pull pullOn(std::size_t cell, Side side);
    double pullTogether(std::size_t row, Side side);

    std::size_t m_nodeCount;
    double m_width = 0;
    std::vector<Cell> m_cells;
    std::vector<Piece> m_pieces;
    std::vector<std::vector<std::size_t>> m_piecesOf;
    std::vector<std::vector<int>> m_rows;
    std::vector<std::vector<std::size_t>> m_above, m_below; ///< per cell: pieces
    std::vector<Pull> m_pulls; ///< of one cell at a time
};

} // namespace graft
