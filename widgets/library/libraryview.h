#pragma once
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace graft {

class LibraryModel;

/// Every layer type of this build, by category, with a search: to be dragged into the graph, or put behind the chosen layer with Enter, a
/// double click or the button.
class LibraryView : public QWidget {
    Q_OBJECT

public:
    explicit LibraryView(QWidget *parent = nullptr);
    ~LibraryView() override;
    /// The layer that a type would be put behind; empty when none is chosen: the type stands alone then.
    void setTarget(const QString &layerName);
    void setEditable(bool editable); ///< also false while there is no network
    /// The chosen type; empty when none is.
    [[nodiscard]] QString currentType() const;
    void focusSearch();

Q_SIGNALS:
    void insertAfterRequested(const QString &type);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filterChanged(const QString &text);
    void insert();
    void refreshButton();
    void retranslate();

    LibraryModel *m_model;
    QSortFilterProxyModel *m_filter;
    QLineEdit *m_search;
    QTreeView *m_tree;
    QLabel *m_help;
    QPushButton *m_insert;
    QString m_target;
    bool m_editable = true;
};

} // namespace graft
