# One image for all processes; docker-compose.yml names the command of each.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools ./tools
RUN node -e "import('/app/tools/install.mjs').then(({ ensureInstalled }) => ensureInstalled())"
COPY . .
RUN node tools/build.mjs

FROM node:22-bookworm-slim
# The same frugality as tools/frugal.mjs: memory that was freed goes back to the system.
ENV NODE_ENV=production HOST=0.0.0.0 MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 \
    NODE_OPTIONS="--max-old-space-size=384 --max-semi-space-size=8"
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Templates and styles are read, not compiled.
COPY --from=build /app/libs ./libs
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
