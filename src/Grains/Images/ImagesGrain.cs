using System.Security.Cryptography;
using Marketing.Clients;
using Marketing.Projects;
using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Images;

[GrainType("images"), CollectionAgeLimit(Minutes = 2)]
internal sealed class ImagesGrain(
    ITableStore<ImageRow> store, ITableStore<ImageContentRow> contents, ICommitter committer, SignedLinks links, INumbers numbers, TimeProvider clock) : Grain, IImagesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<ImageResult> CreateAsync(string id, string? name, byte[] content)
    {
        if (content.Length > StoredImage.MostBytes || ImageKind.Of(content) is not { } kind)
        {
            return new ImageResult.NotAnImage();
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        while (true)
        {
            if (await store.FindAsync(Project, ImageTable.Digest, digest) is { } present)
            {
                return new ImageResult.Saved(View(present));
            }

            if ((await store.ListAsync(Project, new TableQuery(null, 1, 1), CancellationToken.None)).Total >= StoredImage.Most)
            {
                return new ImageResult.TooMany();
            }

            var row = new ImageRow(await numbers.NextAsync(ImageTable.Images.Numbers), id, 0, name, kind.ContentType, kind.Width, kind.Height, content.Length, digest, clock.GetStoredNow());
            var commit = new Commit { Project = Project };
            commit.Rows.Add(ImageTable.Images.Save(row));
            commit.Rows.Add(ImageTable.Contents.Save(new ImageContentRow(await numbers.NextAsync(ImageTable.Contents.Numbers), id, 0, kind.ContentType, content, row.CreatedAt)));
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return new ImageResult.Saved(View(row));
            }
        }
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var commit = new Commit { Project = Project };
            commit.Rows.Add(ImageTable.Images.Delete(present));
            if (await contents.FindAsync(Project, id) is { } content)
            {
                commit.Rows.Add(ImageTable.Contents.Delete(content));
            }

            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<StoredImage?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? View(row) : null;

    public async Task<Page<StoredImage>> ListAsync(int limit, int page, string order, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Project, new TableQuery(order, limit, page), cancellation);
        return found.Of<StoredImage>([.. found.Items.Select(View)]);
    }

    private StoredImage View(ImageRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        ContentType = row.ContentType,
        Width = row.Width,
        Height = row.Height,
        Bytes = row.Bytes,
        Url = links.Url(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/images/{Project}/{row.Id}.{row.ContentType switch { "image/png" => "png", "image/gif" => "gif", _ => "jpg" }}")),
        CreatedAt = row.CreatedAt,
    };
}

[GrainType("image-contents"), StatelessWorker, Reentrant]
internal sealed class ImageContentsGrain(ITableStore<ImageContentRow> contents) : Grain, IImageContentsGrain
{
    public async Task<ImageContent?> ReadAsync(string id, CancellationToken cancellation) =>
        await contents.FindAsync((int)this.GetPrimaryKeyLong(), id) is { } row ? new ImageContent(row.ContentType, row.Content) : null;
}
