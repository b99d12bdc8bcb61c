# docker build --build-arg VERSION=1.2.3 --build-arg COMMIT=$(git rev-parse HEAD) --build-arg SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) .
# Both base images are pinned by digest, which identifies their content; the tag before it only names it. Dependabot renews them.

# Build: the server as one native executable, the same for the same source and version wherever it is built.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble-aot@sha256:1a069a730888d278b5ac00e3e238707387d20d2b65f0fc6866b6180df0a767e0 AS build
ARG VERSION
ARG COMMIT=unknown
WORKDIR /source
COPY . .
RUN dotnet publish src/NeonPanel.Mcp.Server -p:PublishAot=true -p:RestoreLockedMode=true -p:ContinuousIntegrationBuild=true \
    -p:MinVerVersionOverride="${VERSION}" -p:SourceRevisionId="${COMMIT}" -o /app

# Run: no shell, no package manager, a numeric user, nothing that needs to be written.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0.12-noble-chiseled@sha256:18d4848091a40d13dbfdd6a8340c1657dc3e2f2d7fa2f042e9d162e68669dbc9
ARG VERSION
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="NeonPanel.Mcp" \
      org.opencontainers.image.description="MCP server for NeonPanel" \
      org.opencontainers.image.vendor="NeonPanel" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}"
WORKDIR /app
COPY --from=build /app .
# One arena: each of a dozen threads would keep freed memory in one of its own (OpenSSL's alone, the rest is managed).
ENV ASPNETCORE_HTTP_PORTS=3030 \
    DOTNET_EnableDiagnostics=0 \
    MALLOC_ARENA_MAX=1
EXPOSE 3030
USER 1654:1654
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=5s --retries=3 CMD ["/app/NeonPanel.Mcp.Server", "health"]
ENTRYPOINT ["/app/NeonPanel.Mcp.Server"]
