#include "library/librarymodel.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "graph/layertext.h"
#include "graph/layertype.h"

#include <QFile>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QMimeData>
#include <algorithm>
#include <vector>

namespace graft {

namespace {

constexpr int rowRoom = 8;

/// The network's own input is there already; what cannot run is nothing to add.
bool isOffered(const LayerType &type)
{
    return type.name != "Input" && type.forward != nullptr;
}

/// What networks are made of most comes first; categories that are not listed follow by the alphabet.
int rank(const QString &category)
{
    static const QStringList usual = {QStringLiteral("convolution"), QStringLiteral("linear"), QStringLiteral("activation"),
        QStringLiteral("normalization"), QStringLiteral("pooling"), QStringLiteral("regularization"), QStringLiteral("merge"),
        QStringLiteral("shape"), QStringLiteral("attention"), QStringLiteral("elementwise"), QStringLiteral("parameter")};
    const auto place = usual.indexOf(category);
    return place < 0 ? int(usual.size()) : int(place);
}

QIcon categoryIcon(const QString &category)
{
    const QString own = QStringLiteral("category-") + category;
    const bool exists = QFile::exists(QStringLiteral(":/graft/icons/%1.svg").arg(own));
    return icon(exists ? own : QStringLiteral("category-other"), categoryColor(category));
}

QString toolTip(const LayerType &type)
{
    QStringList lines{fromEngine(type.name) + QStringLiteral(": ") + engineText(type.help)};
    for (const AttributeSchema &attribute : type.schema)
        lines << QStringLiteral("• %1: %2").arg(fromEngine(attribute.name), engineText(attribute.help));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

LibraryModel::LibraryModel(QObject *parent) : QStandardItemModel(parent)
{
    refresh();
}

void LibraryModel::refresh()
{
    clear();
    std::vector<const LayerType *> types;
    for (const LayerType &type : layerTypes().all())
        if (isOffered(type))
            types.push_back(&type);
    std::sort(types.begin(), types.end(), [](const LayerType *one, const LayerType *two) {
        const QString first = fromEngine(one->category), second = fromEngine(two->category);
        if (first != second)
            return std::pair(rank(first), first) < std::pair(rank(second), second);
        return fromEngine(one->name).compare(fromEngine(two->name), Qt::CaseInsensitive) < 0;
    });
    const QSize row(0, QFontMetrics(QGuiApplication::font()).height() + rowRoom);
    QString shown;
    QStandardItem *category = nullptr;
    for (const LayerType *type : types) {
        const QString name = fromEngine(type->category);
        if (!category || name != shown) {
            category = new QStandardItem(categoryTitle(name));
            QFont bold;
            bold.setBold(true);
            category->setFont(bold);
            category->setFlags(Qt::ItemIsEnabled);
            category->setSizeHint(row);
            appendRow(category);
            shown = name;
        }
        auto *entry = new QStandardItem(categoryIcon(name), fromEngine(type->name));
        entry->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren);
        entry->setSizeHint(row);
        entry->setToolTip(toolTip(*type));
        entry->setData(fromEngine(type->name), TypeRole);
        entry->setData(QStringList{fromEngine(type->name), fromEngine(type->help), category->text()}.join(QLatin1Char('\n')), SearchRole);
        category->appendRow(entry);
    }
}

QStringList LibraryModel::mimeTypes() const
{
    return {QString::fromLatin1(layerTypeMime)};
}

QMimeData *LibraryModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty() || indexes.front().data(TypeRole).toString().isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(QString::fromLatin1(layerTypeMime), indexes.front().data(TypeRole).toString().toUtf8());
    return data;
}

} // namespace graft
