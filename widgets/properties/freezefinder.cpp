#include "properties/freezefinder.h"

#include "common/icons.h"
#include "graph/layerquery.h"
#include "graph/layertext.h"
#include "graph/overview.h"
#include "properties/panelparts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace graft {

FreezeFinder::FreezeFinder(QWidget *parent)
    : QWidget(parent), m_line(new QLineEdit), m_note(makeNote()), m_freeze(new QPushButton), m_train(new QPushButton)
{
    m_line->setClearButtonEnabled(true);
    m_line->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_freeze->setIcon(icon(QStringLiteral("freeze")));
    m_train->setIcon(icon(QStringLiteral("thaw")));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_freeze, 1);
    buttons->addWidget(m_train, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_line);
    column->addWidget(m_note);
    column->addLayout(buttons);
    m_texts.add([this] {
        m_line->setPlaceholderText(tr("BatchNorm*, layer1, >1M"));
        m_line->setAccessibleName(tr("Layers to freeze or train"));
        m_line->setToolTip(LayerQuery::help());
        m_freeze->setText(tr("Freeze these"));
        m_train->setText(tr("Train these"));
        refresh();
    });
    connect(m_line, &QLineEdit::textChanged, this, &FreezeFinder::find);
    connect(m_line, &QLineEdit::returnPressed, m_freeze, &QPushButton::click);
    connect(m_freeze, &QPushButton::clicked, this, [this] { Q_EMIT freezeRequested(m_found, true); });
    connect(m_train, &QPushButton::clicked, this, [this] { Q_EMIT freezeRequested(m_found, false); });
}

void FreezeFinder::setNetwork(const Network &network)
{
    m_network = network;
    m_tree.reset();
    find();
}

void FreezeFinder::setEditable(bool editable)
{
    m_editable = editable;
    refresh();
}

void FreezeFinder::find()
{
    m_found.clear();
    const LayerQuery query(m_line->text());
    if (!query.isEmpty() && !m_tree)
        m_tree = BlockTree(m_network, overview(m_network).value_or(NetworkAnalysis()));
    for (std::size_t layer = 0; !query.isEmpty() && layer < m_network.layers().size(); ++layer)
        if (query.matches(*m_tree, int(layer)))
            m_found.push_back(m_network.layers()[layer].id);
    refresh();
}

void FreezeFinder::refresh()
{
    m_note->setText(LayerQuery(m_line->text()).isEmpty() ? tr("Or by name, type or size: what is found is frozen or trained.")
            : m_found.empty()                            ? tr("No layer is found.")
                                                         : tr("%1 found.", "%1 is '3 layers'").arg(layerCountText(int(m_found.size()))));
    m_line->setEnabled(m_editable);
    m_freeze->setEnabled(m_editable && !m_found.empty());
    m_train->setEnabled(m_editable && !m_found.empty());
}

void FreezeFinder::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
