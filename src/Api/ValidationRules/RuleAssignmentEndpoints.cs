using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.ValidationRules;

/// <summary>To what validation rules are assigned.</summary>
internal static class RuleAssignmentEndpoints
{
    private const string Prefix = "asgm_";
    private const string Kind = "validation_rules_assignment";
    private const int MaxPage = 1_000;

    public static void MapRuleAssignments(this RouteGroupBuilder rules)
    {
        rules.MapPost("/{validationRuleId}/assignments", AssignAsync).WithName("AssignValidationRule").Accepts<RuleAssignmentRequest>("application/json")
            .WithExample(ValidationRuleExamples.Assignment).WithQuery(Query.OneOf("force", "Whether an assignment that exists is answered instead of refused.", "true", "false"));
        rules.MapGet("/{validationRuleId}/assignments", ListOfRuleAsync).WithName("ListAssignmentsOfValidationRule")
            .WithQuery(Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at"));
        rules.MapDelete("/{validationRuleId}/assignments/{assignmentId}", UnassignAsync).WithName("UnassignValidationRule");
    }

    public static void MapAssignmentsOfAllRules(this RouteGroupBuilder assignments) => assignments.MapGet("", ListAsync).WithName("ListValidationRuleAssignments").WithQuery(
        Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at"),
        Query.Text("related_object_id", "Only those of the object with this id."), Query.Text("rule", "Only those of the rule with this id."));

    /// <summary>Assigns a rule to an object, once. Of several rules of an object all must hold.</summary>
    internal static async Task<Results<Wire<RuleAssignmentResponse>, ApiError>> AssignAsync(
        string validationRuleId, Caller caller, JsonBody body, QueryReader query, IGrainFactory grains)
    {
        var target = Read(body.Object);
        if (!Ids.CanBe(ValidationRuleEndpoints.Prefix, validationRuleId))
        {
            return ApiError.NotFound(ValidationRuleEndpoints.Kind, validationRuleId);
        }

        var id = caller.NewId(Prefix);
        var force = query.OneOf("force", "true", "false") == "true";
        return await grains.ValidationRules(caller.Number).AssignAsync(validationRuleId, id, target, force, caller.Context(body.Utf8.Span)) switch
        {
            RuleAssignmentResult.Saved saved => Wire.Ok(RuleAssignmentResponse.From(saved.Assignment)),
            RuleAssignmentResult.NotFound missing => ApiError.NotFound(missing.Type, missing.ObjectId),
            RuleAssignmentResult.Duplicate duplicate => new ApiError(409, "duplicate_found", "Duplicated resource found", $"Duplicated {Kind} exists with id {duplicate.Id}")
            {
                ResourceId = duplicate.Id,
                ResourceType = Kind,
            },
            RuleAssignmentResult.TooMany many => ApiError.InvalidPayload(many.Message),
            RuleAssignmentResult.KeyReused => ApiError.KeyReused(),
            RuleAssignmentResult.Deleted => ApiError.DeletedMeanwhile(Kind, id),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Lists the assignments of a rule, newest first.</summary>
    internal static async Task<Results<Wire<RuleAssignmentListResponse>, ApiError>> ListOfRuleAsync(
        string validationRuleId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var list = Read(query) with { RuleId = validationRuleId };
        return Ids.CanBe(ValidationRuleEndpoints.Prefix, validationRuleId) && await grains.ValidationRuleQueries(caller.Number).FindAsync(validationRuleId, cancellation) is not null
            ? Wire.Ok(RuleAssignmentListResponse.From(await grains.ValidationRuleQueries(caller.Number).ListAssignmentsAsync(list, cancellation)))
            : ApiError.NotFound(ValidationRuleEndpoints.Kind, validationRuleId);
    }

    /// <summary>Lists the assignments of all rules, newest first. <c>total</c> is exact, or with a filter up to 10,000; where there are more, <c>total_is_minimum</c> is true.</summary>
    internal static async Task<Wire<RuleAssignmentListResponse>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var list = Read(query) with { RuleId = query.Text("rule"), ObjectId = query.Text("related_object_id") };
        return Wire.Ok(RuleAssignmentListResponse.From(await grains.ValidationRuleQueries(caller.Number).ListAssignmentsAsync(list, cancellation)));
    }

    /// <summary>Ends an assignment: the object is no longer bound by the rule.</summary>
    internal static async Task<Results<NoContent, ApiError>> UnassignAsync(string validationRuleId, string assignmentId, Caller caller, IGrainFactory grains)
    {
        var ended = !Ids.CanBe(ValidationRuleEndpoints.Prefix, validationRuleId) ? RuleUnassignment.RuleNotFound
            : await grains.ValidationRules(caller.Number).UnassignAsync(validationRuleId, Ids.CanBe(Prefix, assignmentId) ? assignmentId : "");
        return ended switch
        {
            RuleUnassignment.Ended => TypedResults.NoContent(),
            RuleUnassignment.RuleNotFound => ApiError.NotFound(ValidationRuleEndpoints.Kind, validationRuleId),
            RuleUnassignment.AssignmentNotFound => ApiError.NotFound(Kind, assignmentId),
            _ => throw new UnreachableException(),
        };
    }

    private static RuleAssignmentListQuery Read(QueryReader query) => new(query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at"));

    // Earlier clients name the object by its type.
    private static RuleTarget Read(Payload body)
    {
        if (body.Identifier("related_object_id") is { } id)
        {
            return new RuleTarget(body.OneOf("related_object_type", [.. RuleTargets.All]) ?? "voucher", id);
        }

        foreach (var type in RuleTargets.All)
        {
            if (body.Identifier(type) is { } reference)
            {
                return new RuleTarget(type, reference);
            }
        }

        throw body.Missing("related_object_id");
    }
}
