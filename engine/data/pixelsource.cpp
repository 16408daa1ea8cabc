#include "data/pixelsource.h"

namespace graft {

tl::expected<PixelPart, std::string> DecodedSource::part(const PixelRectangle &, int)
{
    return PixelPart{m_picture.pixels, m_picture.width, m_picture.height};
}

tl::expected<EncodedSource, std::string> EncodedSource::open(std::span<const std::byte> bytes)
{
    const auto container = knownContainer(bytes);
    if (!container)
        return tl::unexpected(container.error());
    EncodedSource source;
    if (*container == Container::Jpeg) {
        const auto header = readJpegHeader(bytes);
        if (!header)
            return tl::unexpected(header.error());
        if (!header->inks) {
            source.m_bytes = bytes;
            source.m_orientation = header->orientation;
            source.m_width = header->orientation >= 5 ? header->height : header->width;
            source.m_height = header->orientation >= 5 ? header->width : header->height;
            return source;
        }
    }
    auto picture = decodeBytes(bytes, Detail::Full);
    if (!picture)
        return tl::unexpected(picture.error());
    source.m_width = picture->width;
    source.m_height = picture->height;
    source.m_picture = std::move(*picture);
    return source;
}

tl::expected<PixelPart, std::string> EncodedSource::part(const PixelRectangle &needed, int reduction)
{
    if (m_picture)
        return PixelPart{m_picture->pixels, m_picture->width, m_picture->height};
    auto part = decodeJpegPart(m_bytes, storedRectangle(needed, m_width, m_height, m_orientation), reduction);
    if (!part)
        return part;
    return oriented(std::move(*part), m_width, m_height, m_orientation);
}

Result<void> withPixels(const std::filesystem::path &file, const std::function<tl::expected<void, std::string>(PixelSource &pixels)> &use)
{
    return withPictureFile(file, [&](std::span<const std::byte> bytes) -> tl::expected<void, std::string> {
        auto pixels = EncodedSource::open(bytes);
        if (!pixels)
            return tl::unexpected(pixels.error());
        return use(*pixels);
    });
}

tl::expected<Picture, std::string> resampleFrom(PixelSource &pixels, const ResampleOrder &order)
{
    const auto part = pixels.part(neededFor(order), reductionFor(order));
    if (!part)
        return tl::unexpected(part.error());
    return resample(*part, order);
}

} // namespace graft
