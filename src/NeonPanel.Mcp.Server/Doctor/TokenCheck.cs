using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>Checks an access token against the settings, and reports which stricter settings the token would
/// pass.</summary>
internal sealed class TokenCheck(ToolCatalog catalog, HttpClient http, TimeProvider time, DoctorReport report)
{
    private const string Check = "token";

    /// <summary>Runs the check.</summary>
    /// <param name="token">The token as a client sends it.</param>
    public async Task RunAsync(string token, AuthOptions auth)
    {
        if (!TryRead(token, out var read))
        {
            report.Fault(
                Check,
                "it is not a JWT",
                "The issuer issues opaque tokens; it must issue JWTs for this resource (RFC 9068)."
            );
            return;
        }

        using var keys = new SigningKeys(auth, http, time, NullLogger<SigningKeys>.Instance);
        using var validator = new TokenValidator(auth, keys, time);
        try
        {
            var verdict = await validator.ValidateAsync(token, CancellationToken.None);
            if (!verdict.IsAccepted)
            {
                report.Fault(Check, verdict.Refusal.Sentence, Advice(read, auth, verdict.Refusal));
                return;
            }

            var access = verdict.Token;

            var missing = auth
                .RequiredScopes.Concat(catalog.Tools.SelectMany(auth.NeededScopes))
                .Distinct()
                .Except(access.Scopes)
                .ToList();
            if (missing.Count > 0)
            {
                report.Fault(
                    Check,
                    $"it lacks the scopes {string.Join(' ', missing)}",
                    "Calls that need them are answered with 403. Advertise them (Auth:AdvertisedScopes) and let the issuer grant them."
                );
                return;
            }

            report.Good(Check, "it would be accepted");
            Audience(read, auth);
            Scopes(access, auth);
        }
        catch (KeysUnavailableException)
        {
            report.Fault(Check, "it cannot be judged: no keys are known", "Correct the signing keys first.");
        }
    }

    private static string Advice(JsonWebToken token, AuthOptions auth, TokenRefusal refused)
    {
        const string usual = "Change the named setting, or let the issuer issue another token; then sign in again.";
        return
            refused.Reason == AuthFailure.Audience
            && auth.AudienceValidation == AudienceValidation.Required
            && Passes(token, auth, AudienceValidation.WhenPresent)
            ? "Auth:AudienceValidation=WhenPresent would accept it. " + usual
            : usual;
    }

    private bool TryRead(string token, out JsonWebToken read)
    {
        try
        {
            // A claim is decoded when it is read, so a broken claim throws in this block.
            read = new(token);
            report.Good(
                Check,
                $"iss '{read.Issuer}', aud '{string.Join(", ", read.Audiences)}', alg {read.Alg}, typ '{read.Typ}', expires {read.ValidTo:O}"
            );
            return true;
        }
        catch (Exception exception)
            when (exception
                    is ArgumentException
                        or FormatException
                        or InvalidOperationException
                        or OverflowException
                        or SecurityTokenException
            )
        {
            read = null!;
            return false;
        }
    }

    private void Audience(JsonWebToken token, AuthOptions auth)
    {
        if (auth.AudienceValidation == AudienceValidation.Required)
        {
            return;
        }

        if (Passes(token, auth, AudienceValidation.Required))
        {
            report.Advise(
                Check,
                "its aud names this server",
                "Set Auth:AudienceValidation=Required: this issuer puts the resource into aud (RFC 8707), so that tokens for other resources can be rejected. Judge a token of every client first."
            );
        }
        else if (
            auth.AudienceValidation == AudienceValidation.IssuerOnly
            && Passes(token, auth, AudienceValidation.WhenPresent)
        )
        {
            report.Advise(
                Check,
                "Auth:AudienceValidation=Required would reject it, WhenPresent would not",
                "Remove Auth:AudienceValidation: WhenPresent is its default, and stricter than IssuerOnly."
            );
        }
        else
        {
            report.Good(
                Check,
                "Auth:AudienceValidation=Required would reject it: its aud names none of Auth:Audiences"
            );
        }
    }

    private static bool Passes(JsonWebToken token, AuthOptions auth, AudienceValidation mode) =>
        new AudienceRule(auth with { AudienceValidation = mode }).Check(token) is null;

    private void Scopes(AccessToken token, AuthOptions auth)
    {
        if (!auth.EnforceToolScopes)
        {
            var lacking = catalog.Tools.SelectMany(tool => tool.Scopes).Distinct().Except(token.Scopes).ToList();
            report.Good(
                Check,
                lacking.Count == 0
                    ? "it would pass Auth:EnforceToolScopes=true as well"
                    : $"Auth:EnforceToolScopes=true would reject calls of tools that need {string.Join(' ', lacking)}"
            );
        }

        if (auth.RequiredScopes.Count == 0)
        {
            report.Good(
                Check,
                token.Scopes.Count == 0
                    ? "it has no scopes, so that every value of Auth:RequiredScopes would reject it"
                    : $"it would pass Auth:RequiredScopes with any of: {string.Join(' ', token.Scopes)}"
            );
        }
    }
}
