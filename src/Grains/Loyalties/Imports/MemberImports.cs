using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Customers;
using Marketing.Json;
using Marketing.MetadataSchemas;
using Marketing.Projects;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>
/// Does what a row of a file says: the card, its holder, then the points. Each is a commit that is there or not, and is done once whatever file it stands in; only the last is noted as the row of the job, so that
/// a row that was begun is gone through again.
/// </summary>
internal sealed class MemberImports(
    ITableStore<VoucherRow> vouchers, ITableStore<HolderRow> holders, ITableStore<MemberRow> members, ICustomerStore customers, Catalogues catalogues, CategoryCheck categories, MetadataCheck metadata,
    INumbers numbers, IGrainFactory grains, TimeProvider clock)
{
    // How often a card is looked at anew that somebody else does something to at the same time.
    private const int MostTries = 100;

    public async Task<MemberOutcome> ApplyAsync(ImportJob job, string campaign, long row, MemberLine line)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await TryAsync(job, campaign, row, line) is { } outcome)
            {
                return outcome;
            }
        }

        return MemberOutcome.Refused(row, line, "Code", "was changed by somebody else again and again");
    }

    private async Task<MemberOutcome?> TryAsync(ImportJob job, string campaign, long row, MemberLine line)
    {
        var catalogue = await catalogues.GetAsync(job.Project);
        var entry = catalogue.Section<CampaignSection>().Find(campaign) ?? (catalogue = await catalogues.FreshAsync(job.Project)).Section<CampaignSection>().Find(campaign);
        if (entry is null || LoyaltyProgram.Of(catalogue, entry) is not { } program)
        {
            return MemberOutcome.Refused(row, line, "Code", "there is no such campaign");
        }

        var customer = await CustomerAsync(job.Project, line);
        if (customer is null && line.CustomerId is not null)
        {
            return MemberOutcome.Refused(row, line, MemberLine.CustomerIdColumn, "there is no such customer");
        }

        var own = customer is null ? [] : (await members.FindManyAsync(job.Project, MemberTable.Customer, [customer.Number], MemberBooks.MostOfCustomer)).Where(one => one.Campaign == entry.Number).ToList();
        var card = await CardAsync(catalogue, line, own);
        if (card is null)
        {
            return line.HasCustomer ? await JoinAsync(job, catalogue, program, row, line, customer, own) : await MakeAsync(job, entry, row, line);
        }

        if (card.Campaign != entry.Number)
        {
            return MemberOutcome.Refused(row, line, "Code", "another voucher has this code");
        }

        var holder = (await holders.FindManyAsync(job.Project, [card.Number])).ElementAtOrDefault(0);
        if (holder is not null)
        {
            // The customer may have been made with the card, after nobody was found.
            return line.HasCustomer && holder.Customer != (customer ?? await CustomerAsync(job.Project, line))?.Number
                ? MemberOutcome.Refused(row, line, line.CustomerId is null ? MemberLine.SourceIdColumn : MemberLine.CustomerIdColumn, "somebody else holds the card")
                : await PointsAsync(job, row, line, card.Id, MemberOutcome.Unchanged);
        }

        return !line.HasCustomer ? WithoutHolder(row, line) : await GiveAsync(job, entry, row, line, card, own);
    }

    // Points of a card are its holder's.
    private static MemberOutcome WithoutHolder(long row, MemberLine line) => line.Key is null
        ? MemberOutcome.Unchanged
        : MemberOutcome.Refused(row, line, line.Points > 0 ? MemberLine.PointsColumn : MemberLine.TierColumn, "needs a customer: nobody holds the card");

    private async Task<CustomerRow?> CustomerAsync(int project, MemberLine line) =>
        line.CustomerId is { } id ? await customers.LoadAsync(project, id)
        : line.CustomerSourceId is { } source ? (await customers.LoadManyAsync(project, [source], bySource: true)).ElementAtOrDefault(0)
        : null;

    // Without a code it is the first card that the customer was given.
    private async Task<VoucherRow?> CardAsync(CatalogueSnapshot catalogue, MemberLine line, List<MemberRow> own) =>
        line.Card.Code is { } code ? await vouchers.FindAsync(catalogue.Project, VoucherTable.CodeKey, CodeKeys.Of(code, catalogue.Section<ProjectSection>().CaseSensitiveCodes))
        : own.MinBy(static one => one.Number) is { } first ? (await vouchers.FindManyAsync(catalogue.Project, [first.Number])).ElementAtOrDefault(0)
        : null;

    private async Task<MemberOutcome?> MakeAsync(ImportJob job, CampaignEntry campaign, long row, MemberLine line)
    {
        if (line.Key is not null)
        {
            return WithoutHolder(row, line);
        }

        var id = ObjectIds.FromSource("v_", job.Project, $"{job.ActionId}\n{row}");
        var context = job.ContextOf(row) with { Row = new ImportRow(job.ActionId, row, Creates: true) };
        return await grains.Voucher(job.Project, id).CreateAsync(line.Card with { Campaign = campaign.Id }, context) switch
        {
            VoucherResult.Saved => MemberOutcome.Created,
            VoucherResult.Duplicate => null,
            VoucherResult.Invalid invalid => MemberOutcome.Refused(row, line, invalid.Field, invalid.Rule),
            VoucherResult.InvalidMetadata invalid => new MemberOutcome(default, ImportProblem.OfFile(row, line.Card.Code, invalid.Problems)),
            var other => MemberOutcome.Refused(row, line, "Code", other.GetType().Name),
        };
    }

    private async Task<MemberOutcome?> JoinAsync(ImportJob job, CatalogueSnapshot catalogue, LoyaltyProgram program, long row, MemberLine line, CustomerRow? customer, List<MemberRow> own)
    {
        if (await OtherAsync(job.Project, program.Campaign, line, own) is { } other)
        {
            // Another import may have brought the same card in this moment: then it is looked at again.
            return IsSame(catalogue, other, line) ? null : HasOther(row, line, other);
        }

        var (card, problem) = await CardOfAsync(job, catalogue, program.Campaign, row, line);
        if (card is null)
        {
            return new MemberOutcome(default, problem);
        }

        var id = customer?.Id ?? await grains.CustomerQueries(job.Project).ResolveAsync(line.CustomerId, line.CustomerSourceId);
        var patch = line.CustomerSourceId is { } source ? CustomerPatch.Nothing with { SourceId = source } : CustomerPatch.Nothing;
        var fact = new MemberImported { Card = card, Program = program.Campaign.Name, Published = await PublishedAsync(job, catalogue, program.Campaign, row, card, patch, line.CustomerId is not null) };
        return await grains.Customer(job.Project, id).RecordAsync(fact, job.Context) switch
        {
            CustomerAnswer.Recorded => await PointsAsync(job, row, line, card.Id, MemberOutcome.Created, isNew: true),
            CustomerAnswer.Invalid invalid => new MemberOutcome(default, ImportProblem.Of(row, line.Card.Code, [.. invalid.Problems.Select(static one => one.Problem)])),
            _ => null,
        };
    }

    private async Task<VoucherRow?> OtherAsync(int project, CampaignEntry campaign, MemberLine line, List<MemberRow> own) =>
        campaign.JoinsOnce && line.Card.Code is not null && own.MinBy(static one => one.Number) is { } first ? (await vouchers.FindManyAsync(project, [first.Number])).ElementAtOrDefault(0) : null;

    private static bool IsSame(CatalogueSnapshot catalogue, VoucherRow card, MemberLine line) =>
        card.CodeKey == CodeKeys.Of(line.Card.Code!, catalogue.Section<ProjectSection>().CaseSensitiveCodes);

    private static MemberOutcome HasOther(long row, MemberLine line, VoucherRow other) => MemberOutcome.Refused(row, line, "Code", $"the customer has another card of the programme, {other.Code}");

    // A card that was made elsewhere begins with what the file says and with nothing else.
    private async Task<(VoucherRow? Card, ImportProblem? Problem)> CardOfAsync(ImportJob job, CatalogueSnapshot catalogue, CampaignEntry campaign, long row, MemberLine line)
    {
        var (settled, unknown) = await categories.SettleAsync(job.Project, line.Card.Fields);
        if (unknown is not null)
        {
            return (null, new ImportProblem(row, line.Card.Code, $"{unknown.Field} {unknown.Message}", "Category"));
        }

        var fields = JsonNode.Parse(settled.Utf8.Span)!.AsObject();
        fields["loyalty_card"] = new JsonObject { ["points"] = 0 };
        var command = line.Card with { Fields = new RawJson(JsonSerializer.SerializeToUtf8Bytes(fields, WireJson.Options)) };
        var settings = catalogue.Section<ProjectSection>();
        var (made, refusal) = VoucherRules.Create(ObjectIds.New("v_"), command, campaign, settings.Calendar, clock.GetStoredNow());
        if (made is null)
        {
            return (null, new ImportProblem(row, line.Card.Code, refusal!.Rule, refusal.Field));
        }

        var verdict = await metadata.OfAsync(job.Project, "voucher", command.Metadata, VoucherRules.MetadataOf(made), isNew: true);
        if (verdict.IsRefused)
        {
            return (null, ImportProblem.OfFile(row, line.Card.Code, verdict.Problems));
        }

        var code = command.Code ?? campaign.Pattern.Next();
        return (made with { Number = await numbers.NextAsync(VoucherTable.Vouchers.Numbers), Code = code, CodeKey = CodeKeys.Of(code, settings.CaseSensitiveCodes) }, null);
    }

    private async Task<VouchersPublished> PublishedAsync(ImportJob job, CatalogueSnapshot catalogue, CampaignEntry campaign, long row, VoucherRow card, CustomerPatch patch, bool mustExist)
    {
        var document = new PublicationDocument { VoucherIds = [card.Id], Codes = [card.Code], TrackingId = patch.SourceId, Channel = job.Context.Channel, Metadata = RawJson.EmptyObject };
        var shown = new VoucherView(catalogue, card, campaign, holder: null);
        return new VouchersPublished
        {
            Number = await numbers.NextAsync(PublicationTable.Publications.Numbers),
            PublicationId = PublicationOf(job, row),
            Vouchers = [new PublishedVoucher(card.Number, card.Id, campaign.Current.Revision) { End = shown.Validity.End }],
            Campaign = campaign.Number,
            CampaignId = campaign.Id,
            Once = campaign.JoinsOnce,
            Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options)),
            EventData = PublicationEvent.ObjectsOf(campaign, shown),
            Customer = patch,
            MustExist = mustExist,
            IsOwn = true,
        };
    }

    private async Task<MemberOutcome?> GiveAsync(ImportJob job, CampaignEntry campaign, long row, MemberLine line, VoucherRow card, List<MemberRow> own)
    {
        if (await OtherAsync(job.Project, campaign, line, own) is { } other)
        {
            return other.Number == card.Number ? null : HasOther(row, line, other);
        }

        var command = new PublishCommand
        {
            Id = PublicationOf(job, row),
            CustomerId = await grains.CustomerQueries(job.Project).ResolveAsync(line.CustomerId, line.CustomerSourceId),
            Customer = line.CustomerSourceId is { } source ? CustomerPatch.Nothing with { SourceId = source } : CustomerPatch.Nothing,
            Voucher = card.Code,
            Channel = job.Context.Channel,
            MustExist = line.CustomerId is not null,
            IsOwn = true,
        };
        return await grains.Publications(job.Project).PublishAsync(command, job.Context) switch
        {
            PublicationResult.Published => await PointsAsync(job, row, line, card.Id, MemberOutcome.Updated),
            PublicationResult.Failed failed => MemberOutcome.Refused(row, line, "Code", failed.Details),
            PublicationResult.InvalidMetadata invalid => new MemberOutcome(default, ImportProblem.OfFile(row, line.Card.Code, invalid.Problems)),
            var refused => MemberOutcome.Refused(row, line, "Code", refused.GetType().Name),
        };
    }

    private async Task<MemberOutcome> PointsAsync(ImportJob job, long row, MemberLine line, string card, MemberOutcome soFar, bool isNew = false)
    {
        if (line.Key is null && !isNew)
        {
            return soFar;
        }

        var mark = WrittenJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("import"u8, job.ActionId);
            json.WriteNumber("row"u8, row);
            json.WriteEndObject();
        });
        var import = new PointsImport { Points = line.Points, Expiry = line.Expiry, Ends = line.Ends, Tier = line.Tier, TierEnds = line.TierEnds, Key = line.Key, Mark = mark };
        var context = job.ContextOf(row) with { Row = new ImportRow(job.ActionId, row, Creates: isNew) };
        return await grains.LoyaltyCard(job.Project, card).ImportAsync(import, context) switch
        {
            LoyaltyResult.Saved { Document: var done } when done.Equals(mark) => isNew ? MemberOutcome.Created : MemberOutcome.Updated,
            LoyaltyResult.Saved { Document: var done } => done.ToElement().GetProperty("import").GetString() == job.ActionId
                ? MemberOutcome.Refused(row, line, MemberLine.PointsColumn, $"says again what row {done.ToElement().GetProperty("row").GetInt64()} says: points of a card that end on the same day are one row")
                : soFar,
            LoyaltyResult.DuplicateSourceId => MemberOutcome.Refused(row, line, MemberLine.PointsColumn, "is not what was imported before for this card and day: change the balance instead"),
            LoyaltyResult.Invalid invalid => MemberOutcome.Refused(row, line, invalid.Problems[0].Field, invalid.Problems[0].Message),
            LoyaltyResult.OutOfBounds => MemberOutcome.Refused(row, line, MemberLine.PointsColumn, $"would be more than the {LoyaltyLimits.Points} that a card holds"),
            LoyaltyResult.NotHeld => MemberOutcome.Refused(row, line, "Code", "nobody holds the card"),
            var other => MemberOutcome.Refused(row, line, "Code", other.GetType().Name),
        };
    }

    private static string PublicationOf(ImportJob job, long row) => ObjectIds.FromSource("pub_", job.Project, $"{job.ActionId}\n{row}");
}
