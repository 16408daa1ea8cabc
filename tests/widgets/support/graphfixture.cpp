#include "support/graphfixture.h"
#include "architectures/architecture.h"
#include "common/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTimer>

using namespace graft;

void GraphFixture::open()
{
    qRegisterMetaType<Layers>();
    applyTheme(*qApp, Theme::Light);
    m_network = architectures().find("resnet18")->build(10);
    m_view = std::make_unique<GraphView>();
    m_view->resize(900, 800);
    showNetwork();
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

int GraphFixture::node(const QString &path) const
{
    const auto &nodes = graph().tree().nodes();
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const TreeNode &one) { return one.path == path && !path.isEmpty(); });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}

QPoint GraphFixture::placeOf(const QString &path) const
{
    const NodeItem *item = graph().item(node(path));
    return item ? canvas().mapFromScene(item->clickRect().center()) : QPoint(-1, -1);
}

void GraphFixture::press(const QPoint &place, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseMove(canvas().viewport(), place);
    QTest::mousePress(canvas().viewport(), Qt::LeftButton, modifiers, place);
}

void GraphFixture::move(const QPoint &place)
{
    QTest::mouseMove(canvas().viewport(), place);
}

void GraphFixture::release(const QPoint &place, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseMove(canvas().viewport(), place);
    QTest::mouseRelease(canvas().viewport(), Qt::LeftButton, modifiers, place);
}

bool GraphFixture::chooseInMenu(const QPoint &place, const QString &text)
{
    bool found = false;
    std::function<void(const QMenu &)> choose = [&](const QMenu &menu) {
        for (QAction *action : menu.actions()) {
            if (action->menu())
                choose(*action->menu());
            if (!action->text().startsWith(text) || found)
                continue;
            found = action->isEnabled();
            action->trigger();
        }
    };
    QTimer::singleShot(0, m_view.get(), [&] {
        if (auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())) {
            choose(*menu);
            menu->close();
        }
    });
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, canvas().viewport()->mapToGlobal(place));
    QApplication::sendEvent(canvas().viewport(), &event);
    return found;
}
