#pragma once
#include <QStandardItemModel>

namespace graft {

/// The layer types that can be put into a network, by category; a type is dragged as `layerTypeMime` with its name as UTF-8.
class LibraryModel : public QStandardItemModel {
    Q_OBJECT

public:
    /// TypeRole: the type's name, empty for a category. SearchRole: what a search looks at.
    enum Role { TypeRole = Qt::UserRole + 1, SearchRole };
    static constexpr const char *layerTypeMime = "application/x-graft-layer-type";

    explicit LibraryModel(QObject *parent = nullptr);
    /// Texts and colours anew: for another language or look.
    void refresh();

    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
};

} // namespace graft
