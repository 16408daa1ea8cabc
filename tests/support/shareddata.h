#pragma once
#include <QByteArray>
#include <QtGlobal>
#include <filesystem>
#include <optional>

/// The folder of real weights and photos that lies beside some checkouts (`../shared/data`, or $GRAFT_SHARED_DATA); none elsewhere. Tests
/// use it where it is there and QSKIP with a word where it is not.
inline std::optional<std::filesystem::path> sharedData()
{
    const QByteArray named = qgetenv("GRAFT_SHARED_DATA");
    const std::filesystem::path folder
        = named.isEmpty() ? std::filesystem::path(GRAFT_SOURCE_DIR) / ".." / "shared" / "data" : std::filesystem::path(named.constData());
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error))
        return std::nullopt;
    return std::filesystem::weakly_canonical(folder, error);
}
