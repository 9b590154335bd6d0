/** The last part of the public address, `/d/{service}`. */
export const isServiceName = (name: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/.test(name);

/** A first proposal: the Latin letters and digits of the service's name, or a plain word when it has none. */
export const proposeServiceName = (serviceName: string): string => {
  const latin = serviceName
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 62)
    .replace(/-+$/, '');
  return isServiceName(latin) ? latin : 'cloud-service';
};
