#include "library/libraryview.h"

#include "common/icons.h"
#include "common/text.h"
#include "graph/layertype.h"
#include "library/librarymodel.h"
#include "library/librarytree.h"
#include "properties/panelparts.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace graft {

namespace {

constexpr int helpLines = 3;

/// The first type in the tree, or none.
QModelIndex firstType(const QAbstractItemModel &model)
{
    const QModelIndex category = model.index(0, 0);
    return category.isValid() ? model.index(0, 0, category) : QModelIndex();
}

} // namespace

LibraryView::LibraryView(QWidget *parent)
    : QWidget(parent), m_model(new LibraryModel(this)), m_filter(new QSortFilterProxyModel(this)), m_search(new QLineEdit),
      m_tree(new LibraryTree), m_help(makeNote()), m_insert(new QPushButton)
{
    m_filter->setSourceModel(m_model);
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setFilterRole(LibraryModel::SearchRole);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_tree->setModel(m_filter);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setDragEnabled(true);
    m_tree->setDragDropMode(QAbstractItemView::DragOnly);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->installEventFilter(this);
    m_tree->expandAll();
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_help->setMinimumHeight(helpLines * m_help->fontMetrics().lineSpacing());
    m_help->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_search);
    column->addWidget(m_tree, 1);
    column->addWidget(m_help);
    column->addWidget(m_insert);
    setFocusProxy(m_tree);

    connect(m_search, &QLineEdit::textChanged, this, &LibraryView::filterChanged);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &LibraryView::refreshButton);
    connect(m_tree, &QAbstractItemView::doubleClicked, this, &LibraryView::insert);
    connect(m_insert, &QPushButton::clicked, this, &LibraryView::insert);
    retranslate();
}

LibraryView::~LibraryView() = default;

void LibraryView::setTarget(const QString &layerName)
{
    m_target = layerName;
    refreshButton();
}

void LibraryView::setEditable(bool editable)
{
    m_editable = editable;
    m_tree->setDragEnabled(editable);
    refreshButton();
}

QString LibraryView::currentType() const
{
    return m_tree->currentIndex().data(LibraryModel::TypeRole).toString();
}

void LibraryView::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void LibraryView::filterChanged(const QString &text)
{
    m_filter->setFilterFixedString(text);
    m_tree->expandAll();
    if (!text.isEmpty() && currentType().isEmpty())
        m_tree->setCurrentIndex(firstType(*m_filter));
    refreshButton();
}

void LibraryView::insert()
{
    if (m_insert->isEnabled())
        Q_EMIT insertAfterRequested(currentType());
}

void LibraryView::refreshButton()
{
    const LayerType *type = layerTypes().find(currentType().toStdString());
    m_help->setText(type ? tr("%1: %2", "layer type: help").arg(currentType(), fromEngine(type->help))
                         : tr("Drag a layer onto a connection or the ground of the graph."));
    QString text = type ? tr("Add %1").arg(currentType()) : tr("Add");
    if (!m_target.isEmpty())
        text = type ? tr("Insert %1 behind %2").arg(currentType(), m_target) : tr("Insert behind %1").arg(m_target);
    m_insert->setToolTip(
        m_target.isEmpty() ? tr("Choose a layer in the graph to put the new one behind it; else it stands alone at first.") : text);
    const int room = m_insert->width() - 16;
    m_insert->setText(room > 0 ? m_insert->fontMetrics().elidedText(text, Qt::ElideMiddle, room) : text);
    m_insert->setMinimumWidth(1);
    m_insert->setEnabled(m_editable && type);
}

bool LibraryView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        insert();
        return true;
    }
    if (watched == m_search && key == Qt::Key_Down) {
        m_tree->setFocus();
        if (currentType().isEmpty())
            m_tree->setCurrentIndex(firstType(*m_filter));
        return true;
    }
    return false;
}

void LibraryView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
        m_model->refresh();
        m_tree->expandAll();
    }
}

void LibraryView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refreshButton();
}

void LibraryView::retranslate()
{
    m_search->setPlaceholderText(tr("Search layer types"));
    m_search->setAccessibleName(tr("Search layer types"));
    m_tree->setAccessibleName(tr("Library of layers"));
    refreshButton();
}

} // namespace graft
