using System.Text.Json;
using Marketing.Clients;
using Marketing.MetadataSchemas;
using Marketing.Storage;

namespace Marketing.Products;

[GrainType("product"), CollectionAgeLimit(Minutes = 2)]
internal sealed class ProductGrain(
    ITableStore<ProductRow> products, ITableStore<SkuRow> skus, IOperationStore operations, ICommitter committer, MetadataCheck metadata, INumbers numbers,
    TimeProvider clock)
    : Grain, IProductGrain
{
    private int _project;
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<ProductResult> SaveAsync(ProductCommand command, CommandContext context)
    {
        while (true)
        {
            if (await DoneBeforeAsync(context, async id => await products.FindAsync(_project, id) is { } made ? await ShowAsync(made) : null) is { } answer)
            {
                return answer;
            }

            var present = await products.FindAsync(_project, _id);
            if (present is null && command.MustExist)
            {
                return new ProductResult.NotFound("product", _id);
            }

            var row = ProductRules.Apply(present, _id, command, clock.GetStoredNow());
            if (ProductRules.WhyNot(row.Metadata) is { } refusal)
            {
                return refusal;
            }

            var checkedMetadata = await metadata.OfAsync(_project, "product", command.Metadata, row.Metadata, present is null, commits: row != present);
            if (checkedMetadata.IsRefused)
            {
                return new ProductResult.InvalidMetadata(checkedMetadata.Problems);
            }

            if (present is null)
            {
                row = row with { Number = await numbers.NextAsync(ProductTable.Products.Numbers) };
            }

            switch (await CommitAsync(context, _id, row == present ? [] : [ProductTable.Products.Save(row)], checkedMetadata.CatalogueVersion))
            {
                case null:
                    return new ProductResult.Saved(command.IsQuiet ? null : await ShowAsync(row));
                case Guard.Unique taken:
                    return new ProductResult.DuplicateSourceId(taken.Value);
                default:
                    break;
            }
        }
    }

    public async Task<bool> DeleteAsync()
    {
        while (await products.FindAsync(_project, _id) is { } product)
        {
            List<RowWrite> writes = [ProductTable.Products.Delete(product)];
            writes.AddRange((await SkusOfAsync(product)).Select(SkuTable.Skus.Delete));
            if (await CommitAsync(writes))
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<ProductResult> SaveSkuAsync(string skuId, SkuCommand command, CommandContext context)
    {
        while (true)
        {
            if (await DoneBeforeAsync(context, async id => await skus.FindAsync(_project, id) is { } made ? ProductShape.Write(made) : null) is { } answer)
            {
                return answer;
            }

            if (await products.FindAsync(_project, _id) is not { } product)
            {
                return new ProductResult.NotFound("product", _id);
            }

            var present = await skus.FindAsync(_project, skuId);
            if (await WhyNotAsync(product, present, skuId, command) is { } problem)
            {
                return problem;
            }

            var row = ProductRules.Apply(present, product, skuId, command, clock.GetStoredNow());
            if (ProductRules.WhyNot(row.Metadata) is { } refusal)
            {
                return refusal;
            }

            var checkedMetadata = await metadata.OfAsync(_project, "sku", command.Metadata, row.Metadata, present is null, commits: row != present);
            if (checkedMetadata.IsRefused)
            {
                return new ProductResult.InvalidMetadata(checkedMetadata.Problems);
            }

            List<RowWrite> writes = row == present ? [] : [SkuTable.Skus.Save(row)];
            if (present is null)
            {
                // With the product as it was read: one that is being deleted gets no more SKUs, not from a silo either that has lost the grain and does not know it.
                row = row with { Number = await numbers.NextAsync(SkuTable.Skus.Numbers) };
                writes = [SkuTable.Skus.Save(row), ProductTable.Products.Save(product)];
            }

            switch (await CommitAsync(context, skuId, writes, checkedMetadata.CatalogueVersion))
            {
                case null:
                    return new ProductResult.Saved(ProductShape.Write(row));
                case Guard.Unique taken:
                    return new ProductResult.DuplicateSourceId(taken.Value);
                default:
                    break;
            }
        }
    }

    public async Task<bool> DeleteSkuAsync(string skuId)
    {
        while (await skus.FindAsync(_project, skuId) is { } sku && sku.ProductId == _id)
        {
            if (await CommitAsync([SkuTable.Skus.Delete(sku)]))
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    private async Task<ProductResult?> WhyNotAsync(ProductRow product, SkuRow? present, string skuId, SkuCommand command)
    {
        if (present is not null)
        {
            return present.Product == product.Number ? null : new ProductResult.Elsewhere(present.ProductId);
        }

        if (command.MustExist)
        {
            return new ProductResult.NotFound("sku", skuId);
        }

        var count = (await skus.CountAsync(_project, SkuTable.Product, [product.Number])).GetValueOrDefault(product.Number);
        return count < ProductLimits.SkusOfProduct ? null : new ProductResult.Invalid("", $"A product has at most {ProductLimits.SkusOfProduct} SKUs");
    }

    private Task<IReadOnlyList<SkuRow>> SkusOfAsync(ProductRow product) =>
        skus.FindManyAsync(_project, SkuTable.Product, [product.Number], ProductLimits.SkusOfProduct);

    private async Task<RawJson> ShowAsync(ProductRow product)
    {
        var below = await SkusOfAsync(product);
        return ProductShape.Write(product, below, below.Count);
    }

    // What a request with the key made before, as it is now.
    private async Task<ProductResult?> DoneBeforeAsync(CommandContext context, Func<string, Task<RawJson?>> show)
    {
        if (await operations.FindAsync(_project, context) is not { } done)
        {
            return null;
        }

        if (done.IsOther || done.Result is not { } result)
        {
            return new ProductResult.KeyReused();
        }

        var id = JsonSerializer.Deserialize<string>(result)!;
        return await show(id) is { } made ? new ProductResult.Saved(made) : new ProductResult.Deleted(id);
    }

    private async Task<bool> CommitAsync(List<RowWrite> writes)
    {
        var commit = new Commit { Project = _project };
        commit.Rows.AddRange(writes);
        return (await committer.CommitAsync(commit)).IsDurable;
    }

    // The guard that did not hold. Where nothing changes, a key is kept all the same, so that it stands for this request.
    private async Task<Guard?> CommitAsync(CommandContext context, string made, List<RowWrite> writes, long catalogueVersion)
    {
        if (writes.Count == 0 && context.IdempotencyKey is null)
        {
            return null;
        }

        var commit = new Commit { Project = _project, CatalogueVersion = catalogueVersion, Import = context.Row };
        commit.Rows.AddRange(writes);
        commit.Operation = context.IdempotencyKey is null ? null : context.Remember(JsonSerializer.SerializeToUtf8Bytes(made), clock.GetUtcNow());
        return (await committer.CommitAsync(commit)).RefusedBy;
    }
}
