using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.ValidationRules;

/// <summary>Validation rules: what must hold before an incentive is given.</summary>
internal static class ValidationRuleEndpoints
{
    internal const string Prefix = "val_";
    internal const string Kind = "validation_rules";
    private const int MaxPage = 100;

    public static void MapValidationRules(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/validation-rules").WithTags("Validation rules").WithPath("validationRuleId", "The id of the rule.").WithPath("assignmentId", "The id of the assignment.");
        group.MapPost("", CreateAsync).WithName("CreateValidationRule").Accepts<ValidationRuleRequest>("application/json").WithExample(ValidationRuleExamples.Rule);
        group.MapGet("", ListAsync).WithName("ListValidationRules").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "updated_at", "name"),
            Query.Instant("start_date", "Only what was created after this time."), Query.Instant("end_date", "Only what was created before this time."));
        group.MapGet("/{validationRuleId}", GetAsync).WithName("GetValidationRule");
        group.MapPut("/{validationRuleId}", UpdateAsync).WithName("UpdateValidationRule").Accepts<ValidationRuleChangeRequest>("application/json").WithExample(ValidationRuleExamples.Change);
        group.MapDelete("/{validationRuleId}", DeleteAsync).WithName("DeleteValidationRule");
        group.MapRuleAssignments();
        v1.MapGroup("/validation-rules-assignments").WithTags("Validation rules").MapAssignmentsOfAllRules();
    }

    /// <summary>Creates a rule. A project has at most 5,000, of at most 64 KB each. What is not understood is refused, all of it at once, with the place of each.</summary>
    internal static async Task<Results<Wire<ValidationRuleResponse>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var change = Read(body.Object);
        var id = caller.NewId(Prefix);
        return change.Name is null ? throw body.Object.Missing("name")
            : Answer(await grains.ValidationRules(caller.Number).CreateAsync(id, change, caller.Context(body.Utf8.Span)), id);
    }

    /// <summary>Lists rules, newest first.</summary>
    internal static async Task<Wire<DataList<ValidationRuleResponse>>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (start, end) = (query.Instant("start_date"), query.Instant("end_date"));
        var page = await grains.ValidationRuleQueries(caller.Number).ListAsync(
            new ValidationRuleListQuery(
                query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at", "updated_at", "name"),
                start is null && end is null ? null : new TimeRange(end, start)),
            cancellation);
        return Wire.Ok(new DataList<ValidationRuleResponse>([.. page.Items.Select(ValidationRuleResponse.From)], page.Total));
    }

    /// <summary>One rule.</summary>
    internal static async Task<Results<Wire<ValidationRuleResponse>, ApiError>> GetAsync(
        string validationRuleId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe(Prefix, validationRuleId) && await grains.ValidationRuleQueries(caller.Number).FindAsync(validationRuleId, cancellation) is { } rule
            ? Wire.Ok(ValidationRuleResponse.From(rule))
            : ApiError.NotFound(Kind, validationRuleId);

    /// <summary>Changes what is given of a rule; the rest stays. <c>bundle_rules</c> and <c>error</c> are taken away by null.</summary>
    internal static async Task<Results<Wire<ValidationRuleResponse>, ApiError>> UpdateAsync(string validationRuleId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var change = Read(body.Object);
        return Ids.CanBe(Prefix, validationRuleId)
            ? Answer(await grains.ValidationRules(caller.Number).ChangeAsync(validationRuleId, change), validationRuleId)
            : ApiError.NotFound(Kind, validationRuleId);
    }

    /// <summary>Deletes a rule. One that is assigned is not: what it is assigned to would be open to everybody.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string validationRuleId, Caller caller, IGrainFactory grains)
    {
        var deletion = Ids.CanBe(Prefix, validationRuleId) ? await grains.ValidationRules(caller.Number).DeleteAsync(validationRuleId) : ValidationRuleDeletion.NotFound;
        return deletion switch
        {
            ValidationRuleDeletion.Deleted => TypedResults.NoContent(),
            ValidationRuleDeletion.NotFound => ApiError.NotFound(Kind, validationRuleId),
            ValidationRuleDeletion.Assigned => new ApiError(400, "resource_in_use", "Resource in use", "The validation rule is assigned; delete its assignments first")
            {
                ResourceId = validationRuleId,
                ResourceType = Kind,
            },
            _ => throw new UnreachableException(),
        };
    }

    private static ValidationRuleChange Read(Payload body) => new()
    {
        Name = body.Has("name") ? body.RequiredText("name", TextLimits.Name) : null,
        Rules = ObjectOrNone(body, "rules"),
        BundleRules = ObjectOrNone(body, "bundle_rules"),
        Error = ObjectOrNone(body, "error"),
        ApplicableTo = ObjectOrNone(body, "applicable_to"),
        Type = body.OneOf("type", [.. ValidationRuleTypes.All]),
        ContextType = body.OneOf("context_type", [.. RuleContexts.All]),
    };

    // Null takes away what was there.
    private static RawJson? ObjectOrNone(Payload body, string name) => body.Has(name) ? body.RawObject(name, ValidationRuleLimits.RuleBytes) ?? RawJson.EmptyObject : null;

    private static Results<Wire<ValidationRuleResponse>, ApiError> Answer(ValidationRuleResult result, string id) => result switch
    {
        ValidationRuleResult.Saved saved => Wire.Ok(ValidationRuleResponse.From(saved.Rule)),
        ValidationRuleResult.NotFound => ApiError.NotFound(Kind, id),
        ValidationRuleResult.Invalid invalid => new ApiError(
            400, "invalid_validation_rules", "Invalid Validation Rule Definition", string.Join(" ", invalid.Problems.Select(problem => $"'{problem.Field}' {problem.Message}")))
        {
            Problems = invalid.Problems,
        },
        ValidationRuleResult.TooMany => ApiError.InvalidPayload($"A project has at most {ValidationRuleLimits.RulesOfProject} validation rules"),
        ValidationRuleResult.KeyReused => ApiError.KeyReused(),
        ValidationRuleResult.Deleted => ApiError.DeletedMeanwhile(Kind, id),
        _ => throw new UnreachableException(),
    };
}
