#pragma once
#include "graph/analysis.h"
#include "graph/graphcanvas.h"
#include "graph/graphview.h"

#include <QTest>
#include <memory>

Q_DECLARE_METATYPE(std::vector<graft::LayerId>)

using Layers = std::vector<graft::LayerId>;

/// A graph of ResNet-18 in a window, and a person's hands on it.
class GraphFixture {
public:
    /// Shows the window and waits until it is active; fails the test otherwise.
    void open();

    [[nodiscard]] graft::GraphCanvas &canvas() const { return *m_view->findChild<graft::GraphCanvas *>(); }
    [[nodiscard]] graft::GraphScene &graph() const { return canvas().graph(); }
    [[nodiscard]] int node(const QString &path) const;
    [[nodiscard]] QPoint placeOf(const QString &path) const;
    [[nodiscard]] graft::LayerId id(const char *name) const { return m_network.find(std::string_view(name))->id; }
    void showNetwork() { m_view->setNetwork(m_network, graft::analyse(m_network).value()); }
    void press(const QPoint &place, Qt::KeyboardModifiers modifiers = {});
    void move(const QPoint &place);
    void release(const QPoint &place, Qt::KeyboardModifiers modifiers = {});
    /// Opens the menu at the place, chooses the action of this text in it or in one of its submenus.
    [[nodiscard]] bool chooseInMenu(const QPoint &place, const QString &text);

    graft::Network m_network;
    std::unique_ptr<graft::GraphView> m_view;
};
